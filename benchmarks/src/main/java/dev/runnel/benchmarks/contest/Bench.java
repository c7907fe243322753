package dev.runnel.benchmarks.contest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./runnel bench}: the side-by-side run. */
@Command(
    name = "./runnel bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Run the workloads of Runnel and its peers side by side: in turns, each in a process of",
      "its own, and compare them round by round. A run of all writes its report into",
      "benchmarks/RESULTS.md; any run prints a table."
    },
    footer = {
      "",
      "Go takes part if there is one of 1.23 or later on the PATH, in /usr/local/go or in",
      "/usr/lib/go-1.*. On Debian 12 it is in the backports:",
      "  echo deb http://deb.debian.org/debian bookworm-backports main \\",
      "    > /etc/apt/sources.list.d/backports.list",
      "  apt-get update && apt-get install -t bookworm-backports golang-1.23-go",
      "",
      "Two builds of the core in one run:",
      "  ./runnel bench --only 1to1* --peers runnel,go --runnel-jar old=../old/core/target/classes",
      "",
      "Exit status: 0; 1 if something was left undone; 2 if the command line makes no sense.",
      ""
    })
public final class Bench implements Callable<Integer> {
  @Option(
      names = "--only",
      split = ",",
      paramLabel = "WORKLOAD",
      description =
          "Only these: names, groups (speed, scale, waiting), or how names begin (1to1*). See --list.")
  private List<String> only = List.of();

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "PEER",
      description = {
        "Only these, in this order; ratios are the first's to each of the others.",
        "Of runnel, go, kotlin, jox, juc (java.util.concurrent), park (the plainest channel: a",
        "lock, queues, and threads that park at once)."
      })
  private List<String> peers = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many rounds. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(names = "--quick", description = "Shorter warm-up and measurement: a first look.")
  private boolean quick;

  @Option(
      names = "--runnel-jar",
      paramLabel = "NAME=PATH",
      description =
          "A further contestant: Runnel's workloads on another build of its core, a jar or a folder of"
              + " classes. May be repeated.")
  private Map<String, Path> jars = new LinkedHashMap<>();

  @Option(
      names = "--runnel-options",
      paramLabel = "NAME=OPTIONS",
      description =
          "A further contestant: Runnel with JVM options, separated by spaces. With the name of a"
              + " --runnel-jar: options for that one. May be repeated.")
  private Map<String, String> variants = new LinkedHashMap<>();

  @Option(
      names = "--jvm-options",
      paramLabel = "OPTIONS",
      defaultValue = "",
      description = "JVM options for all contestants on the JVM, separated by spaces.")
  private String jvmOptions;

  @Option(
      names = "--carriers",
      paramLabel = "N",
      description = "Run goroutines on N threads of the system, in Go, Kotlin and on the JVM.")
  private @Nullable Integer carriers;

  @Option(
      names = "--write",
      description = "Write the report also if not all took part, or not at full length.")
  private boolean write;

  @Option(names = "--list", description = "List the workloads.")
  private boolean list;

  @Spec private CommandSpec spec;

  private static final int WARM_UP = 3_000;
  private static final int MEASURED = 1_000;
  private static final int QUICK_WARM_UP = 1_500;
  private static final int QUICK_MEASURED = 500;

  private static final String CHART = "side-by-side.svg";

  private final List<String> arguments;

  private Bench(List<String> arguments) {
    this.arguments = arguments;
  }

  /**
   * Runs it. The system property {@code runnel.home} is Runnel's folder.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Bench(List.of(args)))
            .setParameterExceptionHandler((mistake, _) -> {
              System.err.println("runnel bench: " + mistake.getMessage());
              return 2;
            })
            .setExecutionExceptionHandler((failure, _, _) -> {
              System.err.println("runnel bench: " + failure.getMessage());
              return 1;
            })
            .execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (list) {
      for (Workload workload : Workload.ALL) {
        System.out.printf(
            "%-8s %-22s %s%n", workload.group().label(), workload.name(), workload.title());
      }
      return 0;
    }
    if (rounds < 1) {
      throw mistake("--rounds must be at least 1, not " + rounds + ".");
    }
    List<Workload> workloads = chosen();
    Contestants contestants = contestants();
    List<Contest> contests =
        workloads.stream()
            .map(workload -> new Contest(workload, contestants.of(workload.group())))
            .filter(contest -> !contest.names().isEmpty())
            .toList();
    if (contests.isEmpty()) {
      System.err.println("runnel bench: nobody is left to take part.");
      return 1;
    }
    String load = Machine.load();
    int warmUp = quick ? QUICK_WARM_UP : WARM_UP;
    int measured = quick ? QUICK_MEASURED : MEASURED;
    boolean written = write || isWhole(contestants);
    for (int round = 1; round <= rounds; round++) {
      for (Contest contest : contests) {
        contest.round(warmUp, measured);
        System.err.printf(
            "%d/%d %s: %s%n", round, rounds, contest.workload().name(), contest.latest());
      }
      if (written) { // after each round, as a run takes long and may be stopped
        write(contests, round, load);
      }
    }
    System.out.print(new TextReport(contests));
    System.err.println(
        written
            ? "runnel bench: the report is in " + page()
            : "runnel bench: not all at full length, so RESULTS.md is left as it is.");
    return 0;
  }

  /** Whether this run tells everything that a report is to tell. */
  private boolean isWhole(Contestants contestants) {
    return only.isEmpty()
        && peers.isEmpty()
        && !quick
        && carriers == null
        && jvmOptions.isEmpty()
        && Contestants.ALL.stream().noneMatch(contestants::lacks);
  }

  private void write(List<Contest> contests, int done, String load)
      throws IOException, InterruptedException {
    String go = GoProgram.version();
    List<String> facts =
        List.of(
            "%s, %d rounds of `./runnel bench%s`"
                .formatted(
                    LocalDate.now(ZoneId.systemDefault()),
                    done,
                    arguments.stream().map(a -> " " + a).collect(Collectors.joining())),
            Machine.described() + ", load " + load + " before",
            (go == null ? "no Go here" : "Go " + go.replaceFirst("^go", ""))
                + ", "
                + Peers.versions(),
            "j.u.c: virtual threads, `SynchronousQueue` in fair mode, `ArrayBlockingQueue`,"
                + " `ReentrantLock`, `CountDownLatch`. Kotlin: `Dispatchers.Default`. Jox: virtual"
                + " threads. Kotlin's and Jox's receive under a context is a plain one, which their"
                + " cancellation ends.");
    Files.writeString(page().resolveSibling(CHART), new Chart(contests).toString());
    Section.write(page(), new MarkdownReport(contests, facts, CHART).toString());
  }

  private static Path page() {
    return home().resolve("benchmarks/RESULTS.md");
  }

  private List<Workload> chosen() {
    if (only.isEmpty()) {
      return Workload.ALL;
    }
    for (String word : only) {
      if (Workload.ALL.stream().noneMatch(workload -> workload.is(word))) {
        throw mistake("there is no workload '" + word + "': see ./runnel bench --list.");
      }
    }
    return Workload.ALL.stream().filter(workload -> only.stream().anyMatch(workload::is)).toList();
  }

  private Contestants contestants() throws IOException, InterruptedException {
    for (String peer : peers) {
      if (!Contestants.ALL.contains(peer)) {
        throw mistake(
            "there is no peer '%s': they are %s."
                .formatted(peer, String.join(", ", Contestants.ALL)));
      }
    }
    for (Path jar : jars.values()) {
      if (!Files.exists(jar)) {
        throw mistake("there is no " + jar + ", which --runnel-jar names.");
      }
    }
    return Contestants.find(
        home().resolve("benchmarks"), peers, words(jvmOptions), carriers, jars, variants);
  }

  private static Path home() {
    return Path.of(System.getProperty("runnel.home", ".")).toAbsolutePath().normalize();
  }

  static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
  }

  private ParameterException mistake(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
