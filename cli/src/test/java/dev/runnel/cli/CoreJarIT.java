package dev.runnel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runnel's jar as its users have it, which no test of core sees: they run from classes. */
@Timeout(120)
class CoreJarIT {
  private static final Path JDK = Path.of(System.getProperty("java.home"), "bin");

  private static final String PROGRAM =
      """
      import dev.runnel.Chan;
      import dev.runnel.Go;

      class Waiting {
        public static void main(String[] args) throws Exception {
          Chan<Integer> channel = Chan.unbuffered();
          var reader = Go.go("reader", () -> channel.receive());
          while (!reader.toString().endsWith("[chan receive]")) {
            Thread.onSpinWait();
          }
          System.out.println("ready");
          System.in.transferTo(System.err);
          channel.close();
          reader.join();
        }
      }
      """;

  @TempDir Path folder;

  private static Path jar() throws IOException {
    try (var jars = Files.newDirectoryStream(Path.of("target/lib"), "runnel-core*.jar")) {
      return jars.iterator().next().toAbsolutePath();
    }
  }

  @Test
  void itIsTheAgentThatTakesADump() throws Exception {
    Path source = Files.writeString(folder.resolve("Waiting.java"), PROGRAM);
    Path dump = folder.resolve("dump.txt");
    Process program =
        new ProcessBuilder(
                JDK.resolve("java").toString(),
                "-Drunnel.goroutines=on",
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                jar().toString(),
                source.toString())
            .redirectError(folder.resolve("err.txt").toFile())
            .start();
    try (var out = program.inputReader()) {
      assertThat(out.readLine()).isEqualTo("ready");
      assertThat(jcmd(program, "JVMTI.agent_load", jar().toString(), dump.toString()))
          .contains("return code: 0");
      assertThat(dump).content().contains("\"reader\" [chan receive on ");
      program.getOutputStream().close();
      assertThat(program.waitFor()).isZero();
    } finally {
      program.destroyForcibly();
    }
  }

  private static String jcmd(Process program, String... words) throws Exception {
    Process jcmd =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(JDK.resolve("jcmd").toString(), "" + program.pid()),
                        Stream.of(words))
                    .toList())
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
    assertThat(jcmd.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said;
  }
}
