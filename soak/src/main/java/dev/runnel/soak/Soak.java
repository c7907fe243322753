package dev.runnel.soak;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code ./runnel soak}. */
@Command(
    name = "./runnel soak",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Works channels with thousands of goroutines and every operation there is,",
      "epoch after epoch, and accounts for every value: none lost, none doubled,",
      "each sender's in order, nobody left waiting, no stray interrupt.",
      ""
    },
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:all is well",
      "1:something was not as promised; the seed shows it again",
      "2:the command line makes no sense"
    })
public final class Soak implements Callable<Integer> {
  private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int MOST_MINUTES = 100_000;
  private static final int MOST_THREADS = 1_000_000;
  private static final int MOST_VALUES = 100_000_000;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description =
          "How long to soak (default: 1, or 0 with --jcstress; 0.5 is half a minute). An epoch that"
              + " has begun is brought to its end.")
  private @Nullable Double minutes;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of the first epoch (default: a random one).")
  private @Nullable Long seed;

  @Option(
      names = "--threads",
      paramLabel = "T",
      defaultValue = "2000",
      description = "How many goroutines work at once (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--values",
      paramLabel = "V",
      defaultValue = "3000000",
      description = "About how many values an epoch sends (default: ${DEFAULT-VALUE}).")
  private int values;

  @Option(
      names = "--jcstress",
      paramLabel = "LENGTH",
      arity = "0..1",
      fallbackValue = "quick",
      defaultValue = "off",
      description =
          "Run the jcstress tests first: quick (some 8 minutes) or default (hours). Without a"
              + " LENGTH: quick.")
  private Jcstress.Length jcstress = Jcstress.Length.OFF;

  @Option(
      names = "--tests",
      paramLabel = "REGEX",
      defaultValue = ".*",
      description = "Which jcstress tests, such as 'Selects.*' (default: all).")
  private String tests = ".*";

  @Spec private CommandSpec spec;

  /**
   * Runs the command and ends the process with its exit status.
   *
   * @param args the options
   */
  public static void main(String... args) {
    System.exit(run(args));
  }

  /** Runs the command; gives its exit status. */
  static int run(String... args) {
    return new CommandLine(new Soak())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((mistake, _) -> {
          mistake.getCommandLine().getErr().println("runnel soak: " + sentence(mistake));
          return 2;
        })
        .execute(args);
  }

  private static String sentence(CommandLine.ParameterException mistake) {
    return Objects.requireNonNullElse(mistake.getMessage(), "the command line makes no sense")
        + ". Try --help.";
  }

  @Override
  public Integer call() throws Exception {
    check(
        minutes == null || (minutes >= 0 && minutes <= MOST_MINUTES),
        "--minutes is from 0 to " + MOST_MINUTES);
    check(threads >= 2 && threads <= MOST_THREADS, "--threads is from 2 to " + MOST_THREADS);
    check(values >= 1 && values <= MOST_VALUES, "--values is from 1 to " + MOST_VALUES);
    check(isRegex(tests), "--tests is not a regular expression: " + tests);
    boolean stressed = jcstressPasses();
    boolean soaked = soakPasses(); // whatever the former brought
    return stressed && soaked ? 0 : 1;
  }

  private void check(boolean sensible, String rule) {
    if (!sensible) {
      throw new CommandLine.ParameterException(spec.commandLine(), rule);
    }
  }

  private static boolean isRegex(String text) {
    try {
      return Pattern.compile(text) != null;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private boolean jcstressPasses() throws IOException, InterruptedException {
    if (jcstress == Jcstress.Length.OFF) {
      return true;
    }
    Path folder = Path.of(System.getProperty("runnel.home", "."), "soak", "target", "jcstress");
    Files.createDirectories(folder);
    boolean passes = Jcstress.passes(jcstress, tests, folder);
    say(passes ? "jcstress: all outcomes acceptable" : "jcstress: FAILED, see above and " + folder);
    return passes;
  }

  private boolean soakPasses() throws InterruptedException {
    double length = minutes != null ? minutes : jcstress == Jcstress.Length.OFF ? 1 : 0;
    if (length == 0) {
      return true;
    }
    long nanos = (long) (length * TimeUnit.MINUTES.toNanos(1));
    long epochSeed = seed != null ? seed : new SplittableRandom().nextLong();
    say("soak of %s min, --seed %d".formatted(length, epochSeed));
    Score score = new Score();
    long nextProgress = PROGRESS_NANOS;
    while (score.nanos() < nanos) {
      if (score.nanos() >= nextProgress) {
        say(score + ", next seed " + epochSeed);
        nextProgress = score.nanos() + PROGRESS_NANOS;
      }
      Epoch epoch = new Epoch(epochSeed, threads, values);
      try {
        score.add(epoch, epoch.run());
      } catch (Violation e) {
        say(score + ", 1 violation");
        say("VIOLATION in an epoch of %s: %s".formatted(epoch, e.getMessage()));
        if (e.getCause() != null) {
          e.getCause().printStackTrace(spec.commandLine().getOut());
        }
        say(
            "Try again: ./runnel soak --seed %d --threads %d --values %d"
                .formatted(epochSeed, threads, values));
        return false;
      }
      epochSeed = new SplittableRandom(epochSeed).nextLong();
    }
    say(score.summary() + "%n0 violations".formatted());
    return true;
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
