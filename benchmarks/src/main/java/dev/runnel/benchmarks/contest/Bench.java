package dev.runnel.benchmarks.contest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private static final List<String> PEERS = List.of("runnel", "go", "kotlin", "jox", "juc", "park");

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "WORKLOAD",
      description = "Only these workloads; a name that ends in * stands for all that begin so.")
  private List<String> only = List.of();

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "PEER",
      description =
          "Only these contestants, in this order: runnel, go, juc. Ratios are to the first.")
  private List<String> peers = PEERS;

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
        System.out.printf("%-22s %s%n", workload.name(), workload.title());
      }
      return 0;
    }
    if (rounds < 1) {
      throw mistake("--rounds must be at least 1, not " + rounds + ".");
    }
    List<Contestant> contestants = contestants();
    List<Contest> contests = new ArrayList<>();
    for (Workload workload : chosen()) {
      contests.add(new Contest(workload, contestants));
    }
    int warmUp = quick ? 1_500 : 4_000;
    int measured = quick ? 500 : 1_000;
    for (int round = 0; round < rounds; round++) {
      for (Contest contest : contests) {
        Outcome[] outcomes = new Outcome[contestants.size()];
        for (int i = 0; i < outcomes.length; i++) {
          int turn = (i + round) % outcomes.length; // who begins changes from round to round
          outcomes[turn] = contestants.get(turn).run(contest.workload(), warmUp, measured);
        }
        contest.add(List.of(outcomes));
        System.err.printf(
            "%d/%d %s: %s%n", round + 1, rounds, contest.workload().name(), contest.latest());
      }
    }
    System.out.print(new Report(contestants, contests).text());
    return 0;
  }

  private List<Workload> chosen() {
    if (only.isEmpty()) {
      return Workload.ALL;
    }
    Set<Workload> chosen = new LinkedHashSet<>();
    for (String name : only) {
      List<Workload> matching =
          Workload.ALL.stream()
              .filter(w ->
                  name.endsWith("*")
                      ? w.name().startsWith(name.substring(0, name.length() - 1))
                      : w.name().equals(name))
              .toList();
      if (matching.isEmpty()) {
        throw mistake("there is no workload '" + name + "': see ./runnel bench --list.");
      }
      chosen.addAll(matching);
    }
    return List.copyOf(chosen);
  }

  private List<Contestant> contestants() throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("runnel.home", ".")).toAbsolutePath().normalize();
    Path module = home.resolve("benchmarks");
    Path core = module.resolve("target/lib/runnel-core.jar");
    Jvm jvm = new Jvm(module, words(jvmOptions), carriers);
    List<Contestant> all = new ArrayList<>();
    for (String peer : peers) {
      switch (peer) {
        case "runnel", "kotlin", "jox", "juc", "park" ->
            all.add(jvm.contestant(peer, peer, core, List.of()));
        case "go" -> {
          Contestant go = GoProgram.contestant(module, carriers);
          if (go == null) {
            System.err.println(
                "runnel bench: there is no Go 1.23 or later here, so Go does not take part: see"
                    + " ./runnel bench --help.");
          } else {
            all.add(go);
          }
        }
        default ->
            throw mistake("there is no peer '" + peer + "': they are " + String.join(", ", PEERS));
      }
    }
    Map<String, Path> builds = new LinkedHashMap<>(jars);
    variants.keySet().forEach(name -> builds.putIfAbsent(name, core));
    for (Map.Entry<String, Path> build : builds.entrySet()) {
      Path path = build.getValue().toAbsolutePath();
      if (!Files.exists(path)) {
        throw mistake("there is no " + path + " for --runnel-jar.");
      }
      all.add(
          jvm.contestant(
              build.getKey(), "runnel", path, words(variants.getOrDefault(build.getKey(), ""))));
    }
    if (all.isEmpty()) {
      throw mistake("nobody is left to take part.");
    }
    return all;
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
  }

  private ParameterException mistake(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
