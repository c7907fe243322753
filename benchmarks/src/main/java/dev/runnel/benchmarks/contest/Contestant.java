package dev.runnel.benchmarks.contest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One who takes part: a program that runs one workload in a process of its own.
 *
 * @param name its name
 * @param command the program, to which workload, warm-up and measurement are added
 * @param environment what it finds in its environment besides ours
 */
record Contestant(String name, List<String> command, Map<String, String> environment) {
  private static final int LIMIT_MINUTES = 2;

  /** What the launcher of Java reads options from. */
  private static final String JAVA_OPTIONS = "JDK_JAVA_OPTIONS";

  /**
   * The same with another number of threads of the system that carry goroutines.
   *
   * @param carriers how many; null: as it is
   */
  Contestant on(@Nullable Integer carriers) {
    if (carriers == null) {
      return this;
    }
    Map<String, String> more = new HashMap<>(environment);
    String inherited = System.getenv(JAVA_OPTIONS);
    if (inherited != null) {
      more.putIfAbsent(JAVA_OPTIONS, inherited);
    }
    more.put("GOMAXPROCS", carriers.toString());
    more.merge(
        JAVA_OPTIONS,
        ("-Djdk.virtualThreadScheduler.parallelism=%1$d"
                + " -Dkotlinx.coroutines.scheduler.core.pool.size=%1$d"
                + " -Dkotlinx.coroutines.scheduler.max.pool.size=%1$d")
            .formatted(carriers),
        (old, added) -> old + " " + added);
    return new Contestant(name, command, Map.copyOf(more));
  }

  /**
   * Runs a workload.
   *
   * @param workload what the program calls it
   * @param warmUp milliseconds of CPU time to warm up
   * @param measured milliseconds of measurement
   * @return what it said; the reason if it failed
   * @throws IOException if it can't be started
   */
  Outcome run(String workload, int warmUp, int measured) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(command);
    line.addAll(List.of(workload, Integer.toString(warmUp), Integer.toString(measured)));
    Path errors = Files.createTempFile("runnel-bench", ".err");
    Path output = Files.createTempFile("runnel-bench", ".out");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(line).redirectError(errors.toFile()).redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      try {
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
          return Outcome.failed("not done after " + LIMIT_MINUTES + " minutes");
        }
      } finally {
        process.destroyForcibly();
      }
      String said = Files.readString(output, StandardCharsets.UTF_8).strip();
      if (process.exitValue() != 0 || said.isEmpty()) {
        return Outcome.failed(reason(errors, process.exitValue()));
      }
      return Outcome.parse(said.substring(said.lastIndexOf('\n') + 1));
    } finally {
      Files.deleteIfExists(errors);
      Files.deleteIfExists(output);
    }
  }

  /** The first line of what it said, as the following ones are where and not what. */
  private static String reason(Path errors, int status) throws IOException {
    String said = Files.readString(errors, StandardCharsets.UTF_8).strip();
    return said.isEmpty()
        ? "exit status " + status
        : said.lines()
            .filter(line -> !line.contains("Picked up ") && !line.startsWith("WARNING:"))
            .findFirst()
            .orElse(said)
            .replaceFirst("^Exception in thread \\S+ ", "")
            .replaceFirst("^java\\.lang\\.", "");
  }
}
