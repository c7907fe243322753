package dev.runnel.benchmarks;

import dev.runnel.benchmarks.Contest.Goal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The primitives of {@code dev.runnel.sync} and {@code dev.runnel.time} beside their peers.
 *
 * <pre>
 *   SyncSuite [ROUNDS]           all of them; writes benchmarks/RESULTS.md
 *   SyncSuite ROUNDS WORKLOAD    those whose workload has this in its name; only prints
 * </pre>
 */
public final class SyncSuite {
  private static final String RUNNEL = "Runnel";

  private final @Nullable GoProgram go;

  private SyncSuite(@Nullable GoProgram go) {
    this.go = go;
  }

  /** Runs it, from the folder that holds {@code benchmarks/}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path benchmarks = Path.of("benchmarks");
    GoProgram go = GoProgram.build(benchmarks, "sync");
    new Suite("sync", new SyncSuite(go).contests(), go).run(benchmarks, args);
  }

  private List<Contest> contests() {
    return List.of(
        new Contest(
            "mutex, alone",
            with(
                "mutex",
                Contestant.jmh(RUNNEL, MutexBenchmark.class, "alone"),
                Contestant.jmh("ReentrantLock", MutexBenchmark.class, "aloneReentrantLock"),
                Contestant.jmh("Kotlin", MutexBenchmark.class, "aloneKotlin")),
            new Goal("ReentrantLock", 1.2)),
        new Contest(
            "mutex, 8 contenders",
            with(
                "mutex-contended",
                Contestant.jmh(RUNNEL, MutexBenchmark.class, "contended"),
                Contestant.jmh("ReentrantLock", MutexBenchmark.class, "contendedReentrantLock"),
                Contestant.jmh("Kotlin", MutexBenchmark.class, "contendedKotlin")),
            new Goal("Go", 1.0)),
        new Contest(
            "rwmutex, read alone",
            with(
                "rwmutex-read",
                Contestant.jmh(RUNNEL, RWMutexBenchmark.class, "read"),
                Contestant.jmh("ReentrantReadWriteLock", RWMutexBenchmark.class, "readReentrant"))),
        new Contest(
            "rwmutex, write alone",
            with(
                "rwmutex-write",
                Contestant.jmh(RUNNEL, RWMutexBenchmark.class, "write"),
                Contestant.jmh(
                    "ReentrantReadWriteLock", RWMutexBenchmark.class, "writeReentrant"))),
        new Contest(
            "rwmutex, 8 contenders, 95 % reads",
            with(
                "rwmutex-contended",
                Contestant.jmh(RUNNEL, RWMutexBenchmark.class, "contended"),
                Contestant.jmh(
                    "ReentrantReadWriteLock", RWMutexBenchmark.class, "contendedReentrant"))),
        new Contest(
            "semaphore, alone",
            with(
                "semaphore",
                Contestant.jmh(RUNNEL, SemaphoreBenchmark.class, "alone"),
                Contestant.jmh("j.u.c, fair", SemaphoreBenchmark.class, "aloneFair"),
                Contestant.jmh("j.u.c, unfair", SemaphoreBenchmark.class, "aloneUnfair"))),
        new Contest(
            "semaphore, 8 contenders for 4 permits, yielding",
            with(
                "semaphore-full",
                Contestant.jmh(RUNNEL, SemaphoreBenchmark.class, "contended"),
                Contestant.jmh("j.u.c, fair", SemaphoreBenchmark.class, "contendedFair"),
                Contestant.jmh("j.u.c, unfair", SemaphoreBenchmark.class, "contendedUnfair"))),
        new Contest(
            "once value, made",
            with(
                "once-value",
                Contestant.jmh(RUNNEL, OnceBenchmark.class, "onceValue"),
                Contestant.jmh("volatile read", OnceBenchmark.class, "volatileRead")),
            new Goal(RUNNEL, 2)),
        new Contest(
            "rate limiter, allowed",
            List.of(
                Contestant.jmh(RUNNEL, RateLimiterBenchmark.class, "allow"),
                Contestant.jmh("Guava", RateLimiterBenchmark.class, "guava"),
                Contestant.jmh("Resilience4j", RateLimiterBenchmark.class, "resilience4j"))),
        new Contest(
            "start a goroutine, wait group",
            with(
                "spawn",
                Contestant.jmh(RUNNEL, SpawnBenchmark.class, "goroutineInWaitGroup"),
                Contestant.jmh("virtual thread, latch", SpawnBenchmark.class, "virtualThread")),
            new Goal("virtual thread, latch", 1.15)));
  }

  /** Adds Go, if it is here. */
  private List<Contestant> with(String goWorkload, Contestant... others) {
    List<Contestant> all = new ArrayList<>(List.of(others));
    if (go != null) {
      all.add(go.contestant(goWorkload));
    }
    return all;
  }
}
