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
      "  ./runnel bench --only '1to1*' --peers new,old,go --base go \\",
      "    --runnel-jar new=core/target/classes --runnel-jar old=../old/core/target/classes",
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
          "Only these: names, groups (speed, scale, waiting, carriers), or how names begin (1to1*)."
              + " See --list.")
  private List<String> only = List.of();

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "PEER",
      description = {
        "Only these, in this order; ratios are the first's to each of the others.",
        "Of runnel, go, kotlin, jox, juc (java.util.concurrent), park (the plainest channel: a",
        "lock, queues, and threads that park at once), and the names of the options below."
      })
  private List<String> peers = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How many rounds. Default: 3; of a quick run of all, and of scale, 1.")
  private @Nullable Integer askedRounds;

  @Option(
      names = "--quick",
      description =
          "A first look: shorter warm-up and measurement, and, unless --only names them, without"
              + " what takes longest.")
  private boolean quick;

  @Option(
      names = "--runnel-jar",
      paramLabel = "NAME=PATH",
      description =
          "A further contestant: Runnel's workloads on another build of its core, a jar or a folder"
              + " of classes. With the name of a peer: in its place (park=..., for a whole engine"
              + " that parks at once). May be repeated.")
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
      names = "--base",
      paramLabel = "NAME",
      description =
          "Print each one's time divided by this one's, instead of the first's divided by each.")
  private @Nullable String base;

  @Option(
      names = "--write",
      description = "Write the report also if not all took part, or not at full length.")
  private boolean write;

  @Option(names = "--list", description = "List the workloads.")
  private boolean list;

  @Spec private CommandSpec spec;

  private static final int ROUNDS = 3;
  private static final int WARM_UP = 1_000;
  private static final int MEASURED = 400;
  private static final int QUICK_WARM_UP = 600;
  private static final int QUICK_MEASURED = 300;

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
  private static final String CHART = "side-by-side.svg";

  private static volatile boolean ending;

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
    System.exit(run(args));
  }

  /** Runs it and returns the exit status. */
  static int run(String... args) {
    return new CommandLine(new Bench(List.of(args)))
        .setParameterExceptionHandler((mistake, _) -> {
          System.err.println("runnel bench: " + mistake.getMessage());
          return 2;
        })
        .setExecutionExceptionHandler((failure, _, _) -> {
          if (!ending) { // else nobody could be started any more, which is no news
            System.err.println("runnel bench: " + failure.getMessage());
          }
          return 1;
        })
        .execute(args);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (list) {
      list();
      return 0;
    }
    if (askedRounds != null && askedRounds < 1) {
      throw mistake("--rounds must be at least 1, not " + askedRounds + ".");
    }
    if (carriers != null && carriers < 1) {
      throw mistake("--carriers must be at least 1, not " + carriers + ".");
    }
    if (base != null) {
      peerNamed(base);
    }
    List<Workload> workloads = chosen();
    Contestants contestants = contestants();
    List<Contest> contests =
        workloads.stream()
            .map(workload -> new Contest(workload, contestants.of(workload, carriers)))
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
    Runtime.getRuntime().addShutdownHook(new Thread(Bench::endContestants));
    int rounds = askedRounds == null ? (quick && only.isEmpty() ? 1 : ROUNDS) : askedRounds;
    for (int round = 1; round <= rounds; round++) {
      for (Contest contest : contests) {
        if (round > 1 && askedRounds == null && contest.workload().group() == Group.SCALE) {
          continue; // it takes as long as ten others, and so many goroutines average out
        }
        long begin = System.nanoTime();
        contest.round(warmUp, measured);
        System.err.printf(
            "%d/%d %s (%d s): %s%n",
            round,
            rounds,
            contest.workload().name(),
            Math.round((System.nanoTime() - begin) / 1e9),
            contest.latest());
      }
      if (written) { // after each round, as a run takes long and may be stopped
        write(contests, round, load);
      }
    }
    System.out.print(new TextReport(contests, base));
    System.err.println(
        written
            ? "runnel bench: the report is in " + page()
            : "runnel bench: not all at full length, so RESULTS.md is left as it is.");
    return 0;
  }

  /** Nobody is to run on when this process is told to end. */
  private static void endContestants() {
    ending = true;
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }

  private static void list() {
    List<Workload> standard = Catalogue.standard(false, PROCESSORS);
    List<Workload> quick = Catalogue.standard(true, PROCESSORS);
    for (Workload workload : Catalogue.ALL) {
      String runs =
          quick.contains(workload) ? "" : standard.contains(workload) ? "not --quick" : "by name";
      System.out.printf(
          "%-9s %-28s %-11s %s%n",
          workload.group().label(), workload.name(), runs, workload.title());
    }
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
            "%s, %d %s of `./runnel bench%s`"
                .formatted(
                    LocalDate.now(ZoneId.systemDefault()),
                    done,
                    done == 1 ? "round" : "rounds",
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
      return Catalogue.standard(quick, PROCESSORS);
    }
    try {
      return Catalogue.meantBy(only, PROCESSORS);
    } catch (IllegalArgumentException e) {
      throw mistake("there is no workload '" + e.getMessage() + "': see ./runnel bench --list.");
    }
  }

  private Contestants contestants() throws IOException, InterruptedException {
    for (String peer : peers) {
      peerNamed(peer);
    }
    for (Path jar : jars.values()) {
      if (!Files.exists(jar)) {
        throw mistake("there is no " + jar + ", which --runnel-jar names.");
      }
    }
    return Contestants.find(home().resolve("benchmarks"), peers, words(jvmOptions), jars, variants);
  }

  /** Refuses a name that nobody has. */
  private void peerNamed(String peer) {
    if (!Contestants.ALL.contains(peer) && !jars.containsKey(peer) && !variants.containsKey(peer)) {
      throw mistake(
          "there is no peer '%s': they are %s."
              .formatted(peer, String.join(", ", Contestants.ALL)));
    }
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
