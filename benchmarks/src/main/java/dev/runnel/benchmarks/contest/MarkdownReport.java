package dev.runnel.benchmarks.contest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came out, as a section of a Markdown page. */
final class MarkdownReport {
  private static final String RUNNEL = "runnel";

  /** Below this a ratio is noise. */
  private static final double SLOWER = 1.02;

  private final List<Contest> contests;
  private final List<String> facts;
  private final String chart;

  /**
   * A report.
   *
   * @param contests what ran
   * @param facts when, where and how, a line each
   * @param chart where the chart is
   */
  MarkdownReport(List<Contest> contests, List<String> facts, String chart) {
    this.contests = contests;
    this.facts = facts;
    this.chart = chart;
  }

  /** All of it. */
  @Override
  public String toString() {
    return Stream.of(
            bullets(facts),
            "![Each peer's time as a multiple of Runnel's](" + chart + ")\n",
            verdict(),
            section(
                "Time per operation, in ns: wall / CPU",
                "Medians of the rounds; the quickest in bold. CPU time is that of all threads of"
                    + " the process, in user mode and in the kernel, while the wall time was"
                    + " measured.",
                Group.SPEED,
                Measure.WALL,
                Measure.CPU),
            ratios(),
            section(
                "Bytes allocated per operation",
                "Go counts what escapes to its heap.",
                Group.SPEED,
                Measure.ALLOCATED),
            section(
                "Very many goroutines: ns for each, wall / CPU",
                "From the first start, or the close, until all have ended.",
                Group.SCALE,
                Measure.WALL,
                Measure.CPU),
            section(
                "Very many goroutines: bytes of each while they wait",
                "On the JVM, live heap after a collection; in Go, live heap and stacks. With its"
                    + " two channels, where it has two of its own.",
                Group.SCALE,
                Measure.EACH),
            section(
                "Waiting: % of a core while 10,000 goroutines wait",
                "", Group.WAITING, Measure.CORE),
            section(
                "Waiting: ns per operation, wall / CPU",
                "*Busy machine*: two threads of another process spin meanwhile. *Beside busy"
                    + " goroutines*: two goroutines of the same process compute for 10 µs, yield,"
                    + " and so on; their work is in the CPU time.",
                Group.WAITING,
                Measure.WALL,
                Measure.CPU),
            section(
                "Goroutines on so many threads of the system: ns per operation, wall / CPU",
                "The JVM's `-Djdk.virtualThreadScheduler.parallelism`, Go's `GOMAXPROCS`. Above,"
                    + " each has as many as the machine has processors.",
                Group.CARRIERS,
                Measure.WALL,
                Measure.CPU),
            goals())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private static String bullets(List<String> lines) {
    return lines.stream().map(line -> "- " + line + "\n").collect(Collectors.joining());
  }

  /** Says plainly where Runnel loses: against its goals, and to whom. */
  private String verdict() {
    List<Goal> goals = Goals.of(contests);
    List<String> missed =
        goals.stream()
            .filter(goal -> !goal.met())
            .map(goal ->
                "%s: %s, at most %s"
                    .formatted(goal.title(), goal.shown(), Statistics.number(goal.limit())))
            .toList();
    List<String> quicker = quicker();
    StringBuilder text = new StringBuilder("### Where Runnel loses\n\n");
    text.append("Of %d goals %d are missed".formatted(goals.size(), missed.size()))
        .append(missed.isEmpty() ? ".\n" : ":\n\n" + bullets(missed))
        .append('\n');
    return text.append(
            quicker.isEmpty()
                ? "Nobody takes less than Runnel anywhere in this run.\n"
                : "These take less than Runnel; the factor is Runnel's figure ÷ theirs:\n\n"
                    + bullets(quicker))
        .toString();
  }

  /** A line for each workload in which others are quicker, or take less, or Runnel fails. */
  private List<String> quicker() {
    List<String> lines = new ArrayList<>();
    for (Contest contest : contests) {
      List<String> quicker = new ArrayList<>();
      for (String name : contest.names()) {
        double ratio = Statistics.median(contest.ratios(RUNNEL, name));
        if (!name.equals(RUNNEL) && ratio > SLOWER) {
          quicker.add(Peers.title(name) + " (" + Statistics.ratio(ratio) + "×)");
        }
      }
      if (!quicker.isEmpty()) {
        lines.add(contest.workload().title() + ": " + String.join(", ", quicker));
      }
      if (contest.has(RUNNEL) && !contest.reason(RUNNEL).isEmpty()) {
        lines.add(
            contest.workload().title() + ": Runnel has no figure (" + contest.reason(RUNNEL) + ")");
      }
    }
    return lines;
  }

  private String ratios() {
    List<Contest> rows = of(Group.SPEED);
    List<String> peers = names(rows).stream().filter(name -> !name.equals(RUNNEL)).toList();
    if (rows.isEmpty() || peers.isEmpty() || !names(rows).contains(RUNNEL)) {
      return "";
    }
    StringBuilder table =
        new StringBuilder(
            table(
                rows, peers, (contest, name) -> cell(contest, name, contest.ratios(RUNNEL, name))));
    table.append("| **geometric mean** |");
    for (String peer : peers) {
      table
          .append(" **")
          .append(Statistics.ratio(Goals.meanRatio(contests, RUNNEL, peer)))
          .append("** |");
    }
    return "### Runnel's time ÷ theirs\n\nWithin a round, then the median (least–greatest).\n\n"
        + table
        + "\n";
  }

  private static String cell(Contest contest, String name, double[] ratios) {
    String range = Statistics.range(ratios);
    return range.isEmpty() ? contest.reason(name) : range;
  }

  /** A table of one measure, or of some side by side; the first says who is quickest. */
  private String section(String title, String about, Group group, Measure... measures) {
    List<Contest> rows =
        of(group).stream()
            .filter(contest ->
                contest.names().stream()
                    .anyMatch(name -> !Double.isNaN(contest.median(name, measures[0]))))
            .toList();
    if (rows.isEmpty()) {
      return "";
    }
    return "### "
        + title
        + "\n\n"
        + (about.isEmpty() ? "" : about + "\n\n")
        + table(rows, names(rows), (contest, name) -> cell(contest, name, measures));
  }

  private static String cell(Contest contest, String name, Measure... measures) {
    double value = contest.median(name, measures[0]);
    if (Double.isNaN(value)) {
      return contest.reason(name);
    }
    double least =
        contest.names().stream()
            .mapToDouble(other -> contest.median(other, measures[0]))
            .filter(other -> !Double.isNaN(other))
            .min()
            .orElse(value);
    String number = Statistics.number(value);
    String rest =
        Arrays.stream(measures)
            .skip(1)
            .map(measure -> " / " + Statistics.number(contest.median(name, measure)))
            .collect(Collectors.joining());
    return (number.equals(Statistics.number(least)) ? "**" + number + "**" : number) + rest;
  }

  private static String table(
      List<Contest> rows, List<String> columns, BiFunction<Contest, String, String> cell) {
    StringBuilder table = new StringBuilder("| workload |");
    columns.forEach(name -> table.append(' ').append(Peers.title(name)).append(" |"));
    table.append("\n|---|").append("--:|".repeat(columns.size())).append('\n');
    for (Contest contest : rows) {
      table.append("| ").append(contest.workload().title()).append(" |");
      for (String name : columns) {
        table
            .append(' ')
            .append(contest.has(name) ? cell.apply(contest, name) : Statistics.NO_NUMBER)
            .append(" |");
      }
      table.append('\n');
    }
    return table.toString();
  }

  private String goals() {
    List<Goal> goals = Goals.of(contests);
    if (goals.isEmpty()) {
      return "";
    }
    StringBuilder table = new StringBuilder();
    long met = goals.stream().filter(Goal::met).count();
    table.append("### The goals\n\n%d of %d are met.\n\n".formatted(met, goals.size()));
    table.append("| goal | at most | reached | |\n|---|--:|--:|---|\n");
    for (Goal goal : goals) {
      table.append(
          "| %s | %s | %s | %s |\n"
              .formatted(
                  goal.title(),
                  Statistics.number(goal.limit()),
                  goal.shown(),
                  goal.met() ? "met" : "**missed**"));
    }
    return table.toString();
  }

  private List<Contest> of(Group group) {
    return contests.stream().filter(contest -> contest.workload().group() == group).toList();
  }

  private static List<String> names(List<Contest> rows) {
    return rows.stream().flatMap(contest -> contest.names().stream()).distinct().toList();
  }
}
