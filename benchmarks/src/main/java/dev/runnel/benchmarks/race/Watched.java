package dev.runnel.benchmarks.race;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts programs in processes of their own. */
final class Watched {
  private static final int LONGEST_MINUTES = 5;

  private final List<String> jvm;
  private final String agent;
  private final Path errors;
  private final long warmUp;
  private final long measured;

  /**
   * How they are to be started.
   *
   * @param options of the JVM, the same for both
   * @param agent the option that puts the detector in
   * @param errors a file for what processes say beside their reading
   * @param warmUp milliseconds
   * @param measured milliseconds
   */
  Watched(List<String> options, String agent, Path errors, long warmUp, long measured) {
    this.jvm = List.copyOf(options);
    this.agent = agent;
    this.errors = errors;
    this.warmUp = warmUp;
    this.measured = measured;
  }

  /**
   * Runs a program once.
   *
   * @param program it
   * @param with whether with the detector
   * @return what it read of itself
   * @throws IOException if it could not be started, failed, or took minutes longer than it should
   * @throws InterruptedException if interrupted; the process is then ended
   */
  Reading run(Program program, boolean with) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    if (with) {
      command.add(agent);
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            RaceRunner.class.getName(),
            program.name(),
            Long.toString(warmUp),
            Long.toString(measured)));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start();
    try {
      // The reading is one short line, which waits in the pipe.
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException(program.name() + " does not come to an end");
      }
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.exitValue() != 0) {
        throw new IOException(
            "%s ended with %d: see %s".formatted(program.name(), process.exitValue(), errors));
      }
      return Reading.parse(output);
    } finally {
      process.destroyForcibly();
    }
  }
}
