package dev.runnel.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.testkit.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is captured where a goroutine is asked for is there while it runs. Providers are found when
 * a JVM starts, so this starts one.
 */
@Timeout(120)
class ContextCaptureTest {
  @TempDir private Path dir;

  private List<String> output(String... providers) throws Exception {
    Path services = Files.createDirectories(dir.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(ContextCapture.class.getName()), String.join("\n", providers));
    return ChildJvm.run(dir, CaptureProgram.class);
  }

  @Test
  void whatIsCapturedIsThereInEveryGoroutine() throws Exception {
    List<String> printed =
        output(CaptureProgram.Names.class.getName(), CaptureProgram.Scoped.class.getName());
    assertThat(printed.subList(0, 12))
        .containsExactly(
            "go: main 1",
            "go named: main 1",
            "go ctx: main 1",
            "call: main 1",
            "run: main 1",
            "go in go: main 2",
            "group: main 1",
            "wait group: main 1",
            "single flight: main 1",
            "pool: main 2",
            "generator: main 2",
            "pipeline: main 2");
    assertThat(printed.subList(12, 14))
        .as("of who wanted it, not of who made it start")
        .containsExactlyInAnyOrder("after done: main 1", "after done without: null 1");
    assertThat(printed.subList(14, printed.size()))
        .containsExactly(
            "timer: main 1",
            "executor: one 1",
            "executor: two 1",
            "executor without: null 1",
            "executor: three 1",
            "told: java.lang.IllegalStateException: not to be captured",
            "runs all the same: null 1",
            "told: java.lang.IllegalStateException: not to be restored",
            "runs all the same: null 1",
            "told: java.lang.IllegalArgumentException: its own",
            "failed: java.lang.IllegalArgumentException: its own");
  }

  @Test
  void aProviderThatCantBeMadeIsNamedAndLeftOut() throws Exception {
    List<String> printed = output("no.such.Provider", CaptureProgram.Names.class.getName());
    assertThat(printed)
        .anySatisfy(line -> assertThat(line).contains("a ContextCapture can't be used"))
        .contains("go: main 0");
  }

  @Test
  void withoutProvidersNothingIsCarried() throws Exception {
    assertThat(ChildJvm.run(CaptureProgram.class)).contains("go: null 0", "executor: null 0");
  }
}
