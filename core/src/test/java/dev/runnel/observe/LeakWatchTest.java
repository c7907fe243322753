package dev.runnel.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.testkit.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Goroutines that the garbage collector proves to be leaked. In a JVM of its own, because the JDK
 * decides at its first virtual thread whether it keeps all of them alive.
 */
@Timeout(120)
class LeakWatchTest {

  @Test
  void leakedGoroutinesAreToldOnceAndOthersNot() throws Exception {
    List<String> printed =
        ChildJvm.run(LeakingProgram.class, "-Djdk.trackAllThreads=false", "-Xmx64m");
    assertThat(printed).hasSize(2);
    assertThat(printed.get(0))
        .startsWith("one [chan receive] at ")
        .contains("LeakingProgram.leak(", "Channel.receive(", "LeakingProgram.lambda$leak$");
    assertThat(printed.get(1)).startsWith("two [chan receive] at ");
  }

  @Test
  void thePropertySwitchesItOnAndLogs() throws Exception {
    List<String> printed = ChildJvm.run(LoggedLeak.class, "-Drunnel.leaks=on", "-Xmx64m");
    assertThat(String.join("\n", printed))
        .contains("a goroutine is leaked:", "\"lost\" [", "created by goroutine ");
  }

  @Test
  void whereTheJdkKeepsThreadsItTellsOfASample() throws Exception {
    assertThat(ChildJvm.run(SampledLeaks.class, "-Djdk.trackAllThreads=true"))
        .containsExactly("lost");
  }
}
