package dev.runnel.benchmarks.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.runnel.benchmarks.workload.Runner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes, as short as they can be. */
class ContestantTest {
  private static final int MILLIS = 10;

  @ParameterizedTest
  @ValueSource(strings = {"runnel", "kotlin", "juc"})
  void aProcessTellsWhatItMeasured(String peer) throws Exception {
    Outcome outcome = jvm(peer).run("pair", MILLIS, MILLIS);

    assertThat(outcome.reason()).isNull();
    assertThat(outcome.figure("wall")).isPositive();
    assertThat(outcome.figure("cpu")).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"runnel", "kotlin", "park"})
  void aWorkloadRunsBesideBusyGoroutines(String peer) throws Exception {
    Outcome outcome = jvm(peer).run("beside-1to1", MILLIS, MILLIS);

    assertThat(outcome.reason()).isNull();
    assertThat(outcome.figure("wall")).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"runnel", "kotlin", "park"})
  void theCostOfWaitingIsMeasured(String peer) throws Exception {
    assertThat(jvm(peer).run("idle", MILLIS, MILLIS).figure("core")).isNotNegative();
    assertThat(jvm(peer).run("paced", MILLIS, MILLIS).figure("cpu")).isPositive();
  }

  @Test
  void whatAPeerCantDoIsNoFailure() throws Exception {
    assertThat(jvm("juc").run("select-4", MILLIS, MILLIS)).isEqualTo(Outcome.NONE);
  }

  @Test
  void aProcessThatFailsSaysWhyInOneLine() throws Exception {
    assertThat(jvm("juc").run("no-such-thing", MILLIS, MILLIS).reason())
        .isEqualTo("IllegalArgumentException: no such workload: no-such-thing");
  }

  @Test
  void aProgramThatSaysNothingHasFailed() throws Exception {
    assertThat(new Contestant("silent", List.of("false"), Map.of()).run("pair", 1, 1).reason())
        .isEqualTo("exit status 1");
  }

  @Test
  void onOneCarrierThereIsOne() throws Exception {
    // What the launcher says of the options must not be taken for a failure's reason.
    assertThat(jvm("juc").on(1).run("no-such-thing", MILLIS, MILLIS).reason())
        .startsWith("IllegalArgumentException");
    assertThat(jvm("juc").on(1).environment())
        .containsEntry("GOMAXPROCS", "1")
        .extractingByKey("JDK_JAVA_OPTIONS", STRING)
        .contains("-Djdk.virtualThreadScheduler.parallelism=1 ");
    assertThat(jvm("kotlin").on(1).run("1to1", MILLIS, MILLIS).reason()).isNull();
  }

  private static Contestant jvm(String peer) {
    return new Contestant(
        peer,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Runner.class.getName(),
            peer),
        Map.of());
  }
}
