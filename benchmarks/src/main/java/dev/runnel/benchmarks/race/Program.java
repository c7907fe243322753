package dev.runnel.benchmarks.race;

import dev.runnel.benchmarks.WorkerPoolBenchmark;
import dev.runnel.pattern.WorkerPool;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * A program that runs with and without the detector.
 *
 * @param name its name on the command line
 * @param title what it is, for people
 * @param counts whether it is in the means; the worst case is not, as no program is like that
 * @param begin makes what it needs
 */
record Program(String name, String title, boolean counts, Callable<Load> begin) {
  /** All of them, in the order in which they run. */
  static final List<Program> ALL =
      List.of(
          new Program("demo", "the demo: 400 files digested by 4 goroutines", true, DemoLoad::new),
          new Program(
              "pool",
              "the worker pool's benchmark: 100,000 jobs through 5 workers",
              true,
              () ->
                  () -> {
                    long _ = WorkerPoolBenchmark.pooled(WorkerPool.of(5));
                  }),
          new Program(
              "jackson", "Jackson: JSON read and written by 4 threads", true, JsonLoad::new),
          new Program("h2", "H2: SQL in memory, 4 connections", true, DatabaseLoad::new),
          new Program("lucene", "Lucene: indexing and search by 4 threads", true, SearchLoad::new),
          new Program("loop", "the worst case: fields and elements alone", false, LoopLoad::new));

  /**
   * The one of a name.
   *
   * @throws IllegalArgumentException if there is none; its message says so
   */
  static Program named(String name) {
    return ALL.stream()
        .filter(program -> program.name.equals(name))
        .findAny()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no program '%s': they are %s."
                    .formatted(name, String.join(", ", names()))));
  }

  static List<String> names() {
    return ALL.stream().map(Program::name).toList();
  }
}
