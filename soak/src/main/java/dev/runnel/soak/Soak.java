package dev.runnel.soak;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
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

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "1",
      description = "How long to soak (default: ${DEFAULT-VALUE}; 0.5 is half a minute).")
  private double minutes;

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
      defaultValue = "off",
      description = "Run the jcstress tests first: quick, default or off (default: off).")
  private Jcstress.Length jcstress = Jcstress.Length.OFF;

  @Option(
      names = "--tests",
      paramLabel = "REGEX",
      defaultValue = ".*",
      description = "Which jcstress tests (default: all).")
  private String tests = ".*";

  @Spec private CommandSpec spec;

  /**
   * Runs the command and ends the process with its exit status.
   *
   * @param args the options
   */
  public static void main(String... args) {
    System.exit(
        new CommandLine(new Soak()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (threads < 2 || values < 1 || !(minutes >= 0)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--threads is at least 2, --values at least 1, --minutes at least 0");
    }
    boolean stressed = jcstressPasses();
    boolean soaked = soakPasses(); // whatever the former brought
    return stressed && soaked ? 0 : 1;
  }

  private boolean jcstressPasses() throws IOException, InterruptedException {
    if (jcstress == Jcstress.Length.OFF) {
      return true;
    }
    Path folder = Path.of(System.getProperty("runnel.home", "."), "soak", "target", "jcstress");
    Files.createDirectories(folder);
    boolean passes = Jcstress.passes(jcstress, tests, folder);
    say(passes ? "jcstress: all outcomes acceptable" : "jcstress: FAILED, see " + folder);
    return passes;
  }

  private boolean soakPasses() throws InterruptedException {
    long start = System.nanoTime();
    long length = (long) (minutes * TimeUnit.MINUTES.toNanos(1));
    long epochSeed = seed != null ? seed : new SplittableRandom().nextLong();
    long nextProgress = PROGRESS_NANOS;
    long total = 0;
    long epochs = 0;
    if (length > 0) {
      say("soak of %s min, first seed %d".formatted(minutes, epochSeed));
    }
    for (long passed; (passed = System.nanoTime() - start) < length; epochs++) {
      if (passed >= nextProgress) {
        say(progress(passed, epochs, total) + ", 0 violations");
        nextProgress = passed + PROGRESS_NANOS;
      }
      Epoch epoch = new Epoch(epochSeed, threads, values);
      try {
        total += epoch.run();
      } catch (Violation e) {
        say(progress(System.nanoTime() - start, epochs, total) + ", 1 violation");
        say(
            "VIOLATION in an epoch of %s: %s%nTry again: --seed %d --threads %d --values %d"
                .formatted(epoch, e.getMessage(), epochSeed, threads, values));
        e.printStackTrace(spec.commandLine().getOut());
        return false;
      }
      epochSeed = new SplittableRandom(epochSeed).nextLong();
    }
    if (length > 0) {
      say("total: " + progress(System.nanoTime() - start, epochs, total) + ", 0 violations");
    }
    return true;
  }

  private static String progress(long nanos, long epochs, long total) {
    Runtime runtime = Runtime.getRuntime();
    return String.format(
        Locale.ROOT,
        "%,d s: %,d epochs, %,d values, %,.0f/s, CPU %,d s, heap %d MB",
        TimeUnit.NANOSECONDS.toSeconds(nanos),
        epochs,
        total,
        total / Math.max(1e-9, nanos / 1e9),
        TimeUnit.NANOSECONDS.toSeconds(
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()),
        (runtime.totalMemory() - runtime.freeMemory()) >> 20);
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
