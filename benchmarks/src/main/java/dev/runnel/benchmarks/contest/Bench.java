package dev.runnel.benchmarks.contest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
      "its own, and compare them round by round."
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

  @Option(names = "--list", description = "List the workloads.")
  private boolean list;

  @Spec private CommandSpec spec;

  private static final int WARM_UP = 3_000;
  private static final int MEASURED = 1_000;
  private static final int QUICK_WARM_UP = 1_500;
  private static final int QUICK_MEASURED = 500;

  private Bench() {}

  /**
   * Runs it. The system property {@code runnel.home} is Runnel's folder.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).execute(args));
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
    int warmUp = quick ? QUICK_WARM_UP : WARM_UP;
    int measured = quick ? QUICK_MEASURED : MEASURED;
    for (int round = 1; round <= rounds; round++) {
      for (Contest contest : contests) {
        contest.round(warmUp, measured);
        System.err.printf(
            "%d/%d %s: %s%n", round, rounds, contest.workload().name(), contest.latest());
      }
    }
    System.out.print(new TextReport(contests));
    return 0;
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
    Path home = Path.of(System.getProperty("runnel.home", ".")).toAbsolutePath().normalize();
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
        home.resolve("benchmarks"), peers, words(jvmOptions), carriers, jars, variants);
  }

  static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
  }

  private ParameterException mistake(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
