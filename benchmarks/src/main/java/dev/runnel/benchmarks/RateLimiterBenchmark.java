package dev.runnel.benchmarks;

import com.google.common.util.concurrent.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Asking a rate limiter whether one event may happen now. The rate is so high that it always may,
 * and so each pays for its whole bookkeeping.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RateLimiterBenchmark {
  private static final int PER_SECOND = 1_000_000_000;

  private final dev.runnel.time.RateLimiter limiter =
      dev.runnel.time.RateLimiter.perSecond(PER_SECOND, PER_SECOND);
  private final RateLimiter guava = RateLimiter.create(PER_SECOND);
  private final io.github.resilience4j.ratelimiter.RateLimiter resilience4j =
      io.github.resilience4j.ratelimiter.RateLimiter.of(
          "benchmark",
          RateLimiterConfig.custom()
              .limitRefreshPeriod(Duration.ofSeconds(1))
              .limitForPeriod(PER_SECOND)
              .timeoutDuration(Duration.ZERO)
              .build());

  /** Runnel's. */
  @Benchmark
  public void allow() {
    ensure(limiter.allow());
  }

  /** Guava's, which keeps time in microseconds. */
  @Benchmark
  public void guava() {
    ensure(guava.tryAcquire());
  }

  /** Resilience4j's, which counts in periods. */
  @Benchmark
  public void resilience4j() {
    ensure(resilience4j.acquirePermission());
  }

  private static void ensure(boolean allowed) {
    if (!allowed) {
      throw new AssertionError("refused, which is another path");
    }
  }
}
