package dev.runnel.cli;

import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.examples.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./runnel demo}: digests a tree of files. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Digest a tree of files with SHA-256, several at a time.",
    description = {
      "Prints what sha256sum prints for the same files, sorted by path as LC_ALL=C sort does:"
          + " regular files only, symbolic links not followed.",
      "",
      "A terminal gets a progress bar on standard error, and everybody a summary at the"
          + " end. What can't be read is named there, and the rest is digested all the same."
          + " Ctrl-C stops the work and prints what is done.",
      ""
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:all is digested",
      "1:something could not be read, or the result not be written",
      "2:the command line makes no sense",
      "130:stopped by Ctrl-C"
    })
final class DemoCommand implements Callable<Integer> {

  /** The two ways to work. */
  static final class Way {
    @Option(
        names = "--workers",
        paramLabel = "N",
        description = "How many goroutines hash, from 1 to 1024. Default: one a processor.")
    @Nullable Integer workers;

    @Option(names = "--sequential", description = "One thread does everything, for comparison.")
    boolean sequential;
  }

  private static final int MOST_WORKERS = 1024;

  private final Streams streams;

  @Spec private CommandSpec spec;
  @ArgGroup private Way way = new Way();

  @Option(
      names = "--json",
      description =
          "Print one JSON array of {\"path\", \"bytes\", \"sha256\"} instead. What is not UTF-8 in a"
              + " path becomes U+FFFD.")
  private boolean json;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = "${sys:runnel.home:-.}",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description = "The root of the tree. Default: this repository.")
  private Path dir;

  DemoCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    checkDir();
    int workers = workers();
    Collected collected = new Collected(dir);
    LongAdder read = new LongAdder();
    try (UntilSignal signal = new UntilSignal()) {
      long start = System.nanoTime();
      boolean all = digest(workers, read, signal.context(), collected);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      Report report = new Report(streams, json ? new Json() : new Checksums());
      boolean whole = report.write(collected);
      if (!report.readerHasGone()) {
        report.summarize(collected, all, read.sum(), took, way.sequential ? 0 : workers);
      }
      return !all ? ExitStatus.INTERRUPTED : whole ? ExitStatus.OK : ExitStatus.FAILED;
    }
  }

  /** Digests the tree; false if the context ended before all was done. */
  private boolean digest(int workers, LongAdder read, Context ctx, Collected collected)
      throws InterruptedException, ExecutionException {
    try (var _ = streams.terminal() ? new Progress(dir, read) : null) {
      if (way.sequential) {
        Digest.sequential(dir, read, ctx, collected::add);
      } else {
        Digest.parallel(dir, workers, read, ctx, collected::add);
      }
      return true;
    } catch (ContextException stopped) {
      return false;
    }
  }

  private void checkDir() {
    String name = "'" + Shown.path(dir) + "'";
    try {
      if (dir.toString().isEmpty()) {
        throw mistake("there is no directory ''."); // to Java it is the current one
      }
      if (!Files.readAttributes(dir, BasicFileAttributes.class).isDirectory()) {
        throw mistake(name + " is not a directory.");
      }
    } catch (NoSuchFileException e) {
      throw mistake("there is no directory " + name + ".");
    } catch (IOException e) {
      throw mistake("cannot read " + name + ": " + Shown.reason(e) + ".");
    }
  }

  private int workers() {
    Integer asked = way.workers;
    if (asked == null) {
      return Math.min(Runtime.getRuntime().availableProcessors(), MOST_WORKERS);
    }
    if (asked < 1 || asked > MOST_WORKERS) {
      throw mistake("--workers must be from 1 to " + MOST_WORKERS + ", not " + asked + ".");
    }
    return asked;
  }

  private ParameterException mistake(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
