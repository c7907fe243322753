package dev.runnel.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Contests that belong together: runs them round by round and writes what came out, with where and
 * how, into its part of {@code RESULTS.md}.
 *
 * @param name its name in the markers around that part
 * @param contests the contests
 * @param go the Go program that takes part, or null
 */
record Suite(String name, List<Contest> contests, @Nullable GoProgram go) {
  private static final int ROUNDS = 5;

  /**
   * Runs it.
   *
   * @param benchmarks the folder of this module
   * @param args how many rounds; which workload, if not all
   */
  void run(Path benchmarks, String... args) throws IOException, InterruptedException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : ROUNDS;
    String part = args.length > 1 ? args[1] : "";
    List<Contest> chosen = contests.stream().filter(c -> c.workload().contains(part)).toList();
    String load = load();
    for (int round = 1; round <= rounds; round++) {
      for (Contest contest : chosen) {
        contest.run();
        System.out.printf("%d/%d %s%n", round, rounds, contest.latest());
      }
    }
    String report = report(chosen, rounds, load + " before, " + load() + " after");
    if (part.isEmpty()) {
      write(benchmarks.resolve("RESULTS.md"), report);
    }
    System.out.print("\n" + report);
  }

  private String report(List<Contest> chosen, int rounds, String load) throws IOException {
    StringBuilder report = new StringBuilder();
    report.append(
        """
        %s, %d rounds. %s, %d processors, load %s.
        %s.

        | workload | whose | ns per operation | Runnel's time ÷ theirs | goal |
        |---|---|--:|--:|---|
        """
            .formatted(
                LocalDate.now(),
                rounds,
                processor(),
                Runtime.getRuntime().availableProcessors(),
                load,
                versions()));
    for (Contest contest : chosen) {
      report.append(contest.rows());
    }
    report.append("\nRunnel is slower than:\n\n");
    for (Contest contest : chosen) {
      if (!contest.losses().isEmpty()) {
        report.append("- ").append(contest.workload()).append(": ");
        report.append(contest.losses()).append('\n');
      }
    }
    return report.toString();
  }

  private void write(Path file, String report) throws IOException {
    String begin = "<!-- " + name + ": begin -->\n";
    String end = "<!-- " + name + ": end -->\n";
    String text = Files.readString(file);
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    if (from < 0 || to < from) {
      throw new IOException(file + " has no markers for " + name);
    }
    Files.writeString(
        file, text.substring(0, from) + begin + "\n" + report + "\n" + text.substring(to));
  }

  private String versions() throws IOException {
    Properties libraries = new Properties();
    try (InputStream in = Suite.class.getResourceAsStream("versions.properties")) {
      libraries.load(in);
    }
    return "JDK %s (%s), %s, %s"
        .formatted(
            Runtime.version(),
            System.getProperty("java.vendor"),
            new TreeSet<>(libraries.stringPropertyNames())
                .stream()
                    .map(library -> library + " " + libraries.getProperty(library))
                    .collect(Collectors.joining(", ")),
            go == null ? "no Go here" : "Go " + go.version().substring("go".length()));
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      for (String line : Files.readAllLines(info)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    }
    return System.getProperty("os.arch");
  }

  /** The load average of the last minute: above the number of processors, the machine was busy. */
  private static String load() throws IOException {
    Path load = Path.of("/proc/loadavg");
    return Files.isReadable(load)
        ? Files.readString(load).split(" ")[0]
        : "unknown";
  }
}
