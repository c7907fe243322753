package dev.runnel.testing;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.DeadlockException;
import dev.runnel.ErrGroup;
import dev.runnel.Go;
import dev.runnel.Task;
import dev.runnel.pattern.Broadcaster;
import dev.runnel.pattern.FanIn;
import dev.runnel.pattern.FanOut;
import dev.runnel.pattern.Timeouts;
import dev.runnel.pattern.WorkerPool;
import dev.runnel.pipeline.Pipeline;
import dev.runnel.sync.Semaphore;
import dev.runnel.sync.WaitGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Each defect of the textbook versions is found in fewer than a thousand schedules, and Runnel's
 * own versions survive ten thousand. How long that takes is in benchmarks/RESULTS.md.
 */
@Timeout(120)
class TextbookTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static void finds(Class<? extends Throwable> defect, Task program) {
    ScheduleError found =
        catchThrowableOfType(ScheduleError.class, () -> Explore.schedules(999).run(program));
    assertThat(found).isNotNull();
    assertThat(found).hasCauseInstanceOf(defect);
    ScheduleError again =
        catchThrowableOfType(ScheduleError.class, () -> Explore.replay(found.seed()).run(program));
    assertThat(again.trace()).isEqualTo(found.trace());
  }

  private static void survives(Task program) throws Exception {
    assertThat(Explore.schedules(10_000).run(program)).isEqualTo(10_000);
  }

  @Test
  void theTextbookWorkerPoolStrandsItsWorkers() {
    finds(LeakError.class, Textbook::workerPool);
  }

  @Test
  void theTextbookTimeoutLosesAResult() {
    finds(AssertionError.class, Textbook::timeout);
  }

  @Test
  void theTextbookFanInStrandsItsSenders() {
    finds(LeakError.class, Textbook::fanIn);
  }

  @Test
  void theTextbookBroadcastDeadlocks() {
    finds(DeadlockException.class, Textbook::broadcast);
  }

  @Test
  void theTextbookFanOutStrandsAWay() {
    finds(LeakError.class, Textbook::fanOut);
  }

  @Test
  void theTextbookPipelineLeaksWhatIsUpstream() {
    finds(LeakError.class, Textbook::pipeline);
  }

  @Test
  void theTextbookSemaphoreIgnoresTheContext() {
    finds(LeakError.class, Textbook::semaphore);
  }

  @Test
  void theTextbookErrGroupBlocksAtItsLimit() {
    finds(DeadlockException.class, Textbook::errGroup);
  }

  @Test
  void ourWorkerPoolSurvives() throws Exception {
    survives(() -> {
      Chan<Integer> jobs = Chan.unbuffered();
      try (var ctx = Context.background().withCancel()) {
        WaitGroup all = new WaitGroup();
        all.go(() -> {
          for (int i = 1; i <= 3; i++) {
            if (!jobs.send(i, SECOND)) {
              return; // nobody wants it
            }
          }
        });
        try (var results = WorkerPool.of(2).start(jobs, job -> job * job, ctx)) {
          assertThat(results.receive()).isIn(1, 4, 9);
        }
        all.await();
      }
    });
  }

  @Test
  void ourTimeoutSurvives() throws Exception {
    survives(() -> {
      try {
        String result =
            Timeouts.call(
                SECOND,
                Context.background(),
                _ -> {
                  Go.sleep(SECOND);
                  return "done";
                });
        assertThat(result).isEqualTo("done");
      } catch (TimeoutException late) {
        assertThat(Bubble.clock().instant())
            .isEqualTo("2000-01-01T00:00:01Z"); // not a moment later
      }
    });
  }

  @Test
  void ourFanInSurvives() throws Exception {
    survives(() -> {
      Chan<Integer> a = Chan.buffered(2);
      Chan<Integer> b = Chan.buffered(2);
      for (int i = 0; i < 2; i++) {
        a.send(i);
        b.send(10 + i);
      }
      try (var merged = FanIn.merge(List.of(a, b), Context.background())) {
        for (int v : merged) {
          if (v == 1) {
            return;
          }
        }
      }
    });
  }

  @Test
  void ourBroadcastSurvives() throws Exception {
    survives(() -> {
      Broadcaster<Integer> news = Broadcaster.create();
      WaitGroup all = new WaitGroup();
      for (int i = 0; i < 2; i++) {
        var mine = news.subscribe(0);
        all.go(() -> {
          try (mine) {
            mine.receive(SECOND);
          }
        });
      }
      for (int i = 0; i < 2; i++) {
        news.send(i);
      }
      go(news::close).join();
      all.await();
    });
  }

  @Test
  void ourFanOutSurvives() throws Exception {
    survives(() -> {
      Chan<Integer> in = Chan.buffered(2);
      in.send(1);
      in.send(2);
      in.close();
      try (var ways = FanOut.compete(2, in, Context.background())) {
        for (int value : ways.get(0)) {
          if (value == 1) {
            return;
          }
        }
      }
    });
  }

  @Test
  void ourPipelineSurvives() throws Exception {
    survives(() -> {
      Pipeline<Integer> squares = Pipeline.of(1, 2, 3).mapParallel(2, n -> n * n);
      assertThat(squares.take(2).toList(Context.background())).containsExactly(1, 4);
    });
  }

  @Test
  void ourSemaphoreSurvives() throws Exception {
    survives(() -> {
      Semaphore permits = Semaphore.of(1);
      try (var ctx = Context.background().withCancel();
          ErrGroup group = ErrGroup.open(ctx)) {
        for (int i = 0; i < 2; i++) {
          group.go(() -> {
            permits.acquire(1, ctx);
            try {
              ctx.done().receive();
            } finally {
              permits.release();
            }
          });
        }
        Bubble.settle();
        group.cancel();
      }
      assertThat(permits.tryAcquire()).isTrue();
    });
  }

  @Test
  void ourErrGroupSurvives() throws Exception {
    survives(() -> {
      try (ErrGroup group = ErrGroup.open().limit(1)) {
        group.go(() -> group.go(() -> {})); // one more, of its own, at the limit
        group.cancel();
        group.await();
      }
    });
  }

  @Test
  void ourOrderedPoolSurvives() throws Exception {
    survives(() ->
        assertThat(
                WorkerPool.of(2).ordered().map(List.of(1, 2, 3), n -> n * n, Context.background()))
            .containsExactly(1, 4, 9));
  }

  @Test
  void ourHedgeSurvives() throws Exception {
    survives(() -> {
      int[] attempts = {0};
      int result =
          Timeouts.hedge(
              SECOND,
              3,
              Context.background(),
              _ -> {
                int mine = ++attempts[0];
                Go.sleep(SECOND.multipliedBy(4 - mine)); // the later, the quicker
                return mine;
              });
      assertThat(result).isIn(1, 2, 3);
      assertThat(Bubble.clock().instant()).isEqualTo("2000-01-01T00:00:03Z");
    });
  }
}
