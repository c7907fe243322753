package dev.runnel.benchmarks.race;

import dev.runnel.benchmarks.contest.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./runnel bench --race}: what the race detector costs. */
@Command(
    name = "./runnel bench --race",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Run real programs with the race detector and without, in turns, each in a JVM of its own,",
      "and print how many times as long they take, and as much memory."
    },
    footer = {
      "",
      "Exit status: 0; 1 if a program failed; 2 if the command line makes no sense.",
      ""
    })
public final class RaceBench implements Callable<Integer> {
  @Parameters(index = "0", arity = "0..1", paramLabel = "ROUNDS", description = "Default: 3.")
  private int rounds = 3;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PROGRAM",
      description = "Only these, of demo, pool, jackson, h2, lucene, loop.")
  private List<String> only = List.of();

  @Option(
      names = "--warm-up",
      paramLabel = "MS",
      description = "Milliseconds of processor time before each measurement. Default: 40000.")
  private long warmUp = 40_000;

  @Option(
      names = "--measured",
      paramLabel = "MS",
      description =
          "Milliseconds of processor time of each measurement, and what is left of a piece of work. Default: 4000.")
  private long measured = 4_000;

  @Option(
      names = "--jvm-options",
      paramLabel = "OPTIONS",
      defaultValue = "-Xms128m -Xmx1g",
      description = "JVM options of both, separated by spaces. Default: ${DEFAULT-VALUE}.")
  private String jvmOptions;

  @Option(
      names = "--agent",
      paramLabel = "JAR",
      description = "Another build of the detector. Default: race/target/runnel-race.jar.")
  private @Nullable Path agent;

  @Option(names = "--list", description = "List the programs.")
  private boolean list;

  @Spec private CommandSpec spec;

  private RaceBench() {}

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
    return new CommandLine(new RaceBench())
        .setParameterExceptionHandler((mistake, _) -> {
          System.err.println("runnel bench --race: " + mistake.getMessage());
          return 2;
        })
        .setExecutionExceptionHandler((failure, _, _) -> {
          System.err.println("runnel bench --race: " + failure.getMessage());
          return 1;
        })
        .execute(args);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (list) {
      Program.ALL.forEach(p -> System.out.printf("%-8s %s%n", p.name(), p.title()));
      return 0;
    }
    atLeast(1, rounds, "ROUNDS");
    atLeast(0, warmUp, "--warm-up");
    atLeast(1, measured, "--measured");
    List<Comparison> comparisons = chosen().stream().map(Comparison::new).toList();
    Path jar = agent != null ? agent : home().resolve("race/target/runnel-race.jar");
    if (!Files.isRegularFile(jar)) {
      throw mistake("there is no detector at " + jar + ".");
    }
    Path errors = Files.createTempFile("runnel-race", ".txt");
    Watched watched = new Watched(options(), agentOption(jar), errors, warmUp, measured);
    System.out.printf(
        "%s, load %s before; JVM options %s; %d ms of processor time to warm up, %d measured%n",
        Machine.described(), Machine.load(), String.join(" ", options()), warmUp, measured);
    for (int round = 1; round <= rounds; round++) {
      for (Comparison one : comparisons) {
        Reading without = watched.run(one.program, false);
        Reading with = watched.run(one.program, true);
        one.add(without, with);
        System.err.printf(
            "%d/%d %s: %.1f times%n",
            round, rounds, one.program.name(), with.wall() / without.wall());
      }
    }
    System.out.print(new RaceReport(comparisons));
    Files.delete(errors); // remarks of the JVM, and the races of H2 and Jackson
    return 0;
  }

  /** The JVM says otherwise that it shares less with an agent. */
  private List<String> options() {
    List<String> options = new ArrayList<>(List.of("-XX:-PrintWarnings"));
    if (!jvmOptions.isBlank()) {
      options.addAll(List.of(jvmOptions.strip().split("\\s+", -1)));
    }
    return options;
  }

  private List<Program> chosen() {
    try {
      return only.isEmpty() ? Program.ALL : only.stream().map(Program::named).toList();
    } catch (IllegalArgumentException e) {
      throw mistake(e.getMessage());
    }
  }

  private void atLeast(long least, long value, String what) {
    if (value < least) {
      throw mistake("%s must be at least %d, not %d.".formatted(what, least, value));
    }
  }

  /** Some of the programs do race, with or without us looking; that is not to end them. */
  private static String agentOption(Path jar) {
    return "-javaagent:" + jar.toAbsolutePath() + "=exitcode=0";
  }

  private static Path home() {
    return Path.of(System.getProperty("runnel.home", ".")).toAbsolutePath().normalize();
  }

  private ParameterException mistake(@Nullable String sentence) {
    return new ParameterException(spec.commandLine(), String.valueOf(sentence));
  }
}
