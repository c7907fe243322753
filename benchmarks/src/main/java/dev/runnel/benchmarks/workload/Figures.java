package dev.runnel.benchmarks.workload;

import java.util.Locale;
import java.util.StringJoiner;

/** What an experiment found, by name. */
final class Figures {
  private final StringJoiner line = new StringJoiner(" ");

  /** Nanoseconds of an operation. */
  Figures wall(double nanos) {
    return with("wall", nanos);
  }

  /** Nanoseconds of CPU time of an operation, of all threads of the process. */
  Figures cpu(double nanos) {
    return with("cpu", nanos);
  }

  /** Bytes that an operation allocates. */
  Figures allocated(double bytes) {
    return with("bytes", bytes);
  }

  /** Bytes of live memory of each goroutine. */
  Figures each(double bytes) {
    return with("each", bytes);
  }

  /** Per cent of a core. */
  Figures core(double percent) {
    return with("core", percent);
  }

  private Figures with(String name, double value) {
    line.add(String.format(Locale.ROOT, "%s=%.4f", name, value));
    return this;
  }

  /** As the process prints it. */
  @Override
  public String toString() {
    return line.toString();
  }
}
