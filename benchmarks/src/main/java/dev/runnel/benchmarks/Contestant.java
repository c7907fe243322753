package dev.runnel.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One who runs a workload, in a process of its own.
 *
 * @param name whose primitive it is
 * @param run runs the workload once
 */
record Contestant(String name, Run run) {
  private static final int WARMUPS = 4;
  private static final int MEASUREMENTS = 3;

  /** One run. */
  interface Run {
    /**
     * Runs it.
     *
     * @return nanoseconds per operation
     * @throws IOException if the process can't be started, or fails
     */
    double nanos() throws IOException, InterruptedException;
  }

  /**
   * A JMH benchmark.
   *
   * @param name whose primitive it is
   * @param benchmarks the class
   * @param method its method
   */
  static Contestant jmh(String name, Class<?> benchmarks, String method) {
    return new Contestant(name, () -> fork(benchmarks.getName() + "." + method));
  }

  private static double fork(String benchmark) throws IOException {
    var options =
        new OptionsBuilder()
            .include("^" + benchmark.replace(".", "\\.") + "$")
            .forks(1)
            .warmupIterations(WARMUPS)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(MEASUREMENTS)
            .measurementTime(TimeValue.seconds(1))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    try {
      return new Runner(options).runSingle().getPrimaryResult().getScore();
    } catch (RunnerException e) {
      throw new IOException(benchmark + " failed", e);
    }
  }
}
