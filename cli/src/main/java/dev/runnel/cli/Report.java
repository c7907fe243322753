package dev.runnel.cli;

import dev.runnel.examples.Outcome;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Tells what a digest has brought in: the digests on standard output, the rest on standard error.
 */
final class Report {
  private final Streams streams;
  private final Format format;
  private boolean readerHasGone;

  Report(Streams streams, Format format) {
    this.streams = streams;
    this.format = format;
  }

  /**
   * Writes the digests, and names what could not be read.
   *
   * @param collected what there is
   * @return true if everything could be read and written; if the reader of standard output went
   *     away before the end ({@code | head}), then it had enough
   */
  boolean write(Collected collected) {
    boolean written = true;
    try {
      OutputStream out = new BufferedOutputStream(streams.out(), 64 * 1024);
      format.write(collected.sums(), out);
      out.flush();
    } catch (IOException e) {
      readerHasGone = Streams.readerHasGone(e);
      if (!readerHasGone) {
        streams.say("cannot write the result: " + Shown.reason(e));
        written = false;
      }
    }
    for (Outcome.Unreadable failed : collected.unreadable()) {
      streams.say("cannot read " + Shown.path(failed.file()) + ": " + Shown.reason(failed.why()));
    }
    return written && collected.unreadable().isEmpty();
  }

  /** Whether nobody reads standard output any more. */
  boolean readerHasGone() {
    return readerHasGone;
  }

  /**
   * Sums up the work in one line.
   *
   * @param collected what there is
   * @param all whether that is all
   * @param bytes how many bytes were read
   * @param took how long it took
   * @param workers how many goroutines hashed; 0: one thread did everything
   */
  void summarize(Collected collected, boolean all, long bytes, Duration took, int workers) {
    double seconds = took.toNanos() / 1e9;
    streams
        .err()
        .println(
            String.format(
                Locale.ROOT,
                "%s%s, %,d bytes, %.3f s, %.1f MB/s, %s%s",
                all ? "" : "interrupted: ",
                count(collected.sums().size(), "file"),
                bytes,
                seconds,
                bytes / 1e6 / seconds,
                workers == 0 ? "1 thread" : count(workers, "worker"),
                collected.unreadable().isEmpty()
                    ? ""
                    : ", " + collected.unreadable().size() + " unreadable"));
  }

  private static String count(int n, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", n, thing, n == 1 ? "" : "s");
  }
}
