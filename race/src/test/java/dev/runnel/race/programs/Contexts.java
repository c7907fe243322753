package dev.runnel.race.programs;

import dev.runnel.CancelContext;
import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.ContextKey;
import dev.runnel.ErrGroup;
import dev.runnel.Go;
import dev.runnel.race.programs.Pair.Cell;
import dev.runnel.time.RateLimiter;
import dev.runnel.time.Ticker;
import dev.runnel.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Runnel's contexts, groups and timers. */
@SuppressWarnings("unused")
final class Contexts {
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final ContextKey<Cell> CELL = ContextKey.of("cell");

  private Contexts() {}

  /** Who ends a context tells those who look at it, or at one made of it. */
  static void check(boolean ordered) throws Exception {
    try (CancelContext ctx = Context.background().withCancel()) {
      Pair.pass(ordered, ctx::cancel, () -> Pair.await(() -> hasEnded(ctx)));
    }
  }

  static void checkOfChild(boolean ordered) throws Exception {
    try (CancelContext ctx = Context.background().withCancel();
        CancelContext child = ctx.withValue(CELL, new Cell()).withCancel()) {
      Pair.pass(ordered, ctx::cancel, () -> Pair.await(() -> hasEnded(child)));
    }
  }

  private static boolean hasEnded(Context ctx) {
    try {
      ctx.check();
      return false;
    } catch (ContextException e) {
      return true;
    }
  }

  static void doneOfChild(boolean ordered) throws Exception {
    try (CancelContext ctx = Context.background().withCancel();
        CancelContext child = ctx.withTimeout(Duration.ofMinutes(1))) {
      Pair.pass(Thread.ofVirtual(), ordered, ctx::cancel, () -> child.done().receive());
    }
  }

  /** A context of its own tells nothing of another. */
  static void otherContext(boolean ordered) throws Exception {
    try (CancelContext ctx = Context.background().withCancel();
        CancelContext other = Context.background().withCancel()) {
      Cell cell = new Cell();
      other.cancel();
      Pair.inTurn(
          () -> {
            cell.value = 1;
            ctx.cancel();
          },
          () -> {
            var _ = (ordered ? ctx : other).done().receive();
            cell.value++;
          });
    }
  }

  static void afterDone(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Chan<Integer> ran = Chan.buffered(1);
    try (CancelContext ctx = Context.background().withCancel()) {
      ctx.afterDone(() -> {
        cell.value++;
        ran.send(1);
      });
      Pair.write(ordered, cell, ctx::cancel);
      ran.receive();
    }
  }

  /** What is known when the task is given comes before it runs, whoever ends the context. */
  static void afterDoneGiven(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Chan<Integer> ran = Chan.buffered(1);
    try (CancelContext ctx = Context.background().withTimeout(SHORT)) {
      Pair.write(
          ordered,
          cell,
          () ->
              ctx.afterDone(() -> {
                cell.value++;
                ran.send(1);
              }));
      ran.receive();
    }
  }

  /** Ended by the clock: what was done before it was set. */
  static void timeout(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Chan<Context> made = Chan.buffered(1);
    Pair.all(
        all -> {
          if (ordered) {
            cell.value = 1;
          }
          made.send(Context.background().withDeadline(Instant.now().plusMillis(1)));
          if (!ordered) {
            cell.value = 1;
          }
        },
        all -> {
          Context ctx = made.receive();
          ctx.done().receive();
          cell.value++;
        });
  }

  static void value(boolean ordered) throws Exception {
    Context ctx = Context.background().withValue(CELL, new Cell());
    Cell own = ctx.value(CELL);
    own.value = 1;
    var goroutine = Go.go(ctx, () -> Context.current().value(CELL).value++);
    if (ordered) {
      goroutine.join();
    }
    own.value++;
    goroutine.join();
  }

  /** The one who is interrupted by the end of a context is told of who ended it. */
  static void interruptedByEnd(boolean ordered) throws Exception {
    Cell cell = new Cell();
    try (CancelContext ctx = Context.background().withCancel()) {
      Pair.all(
          all -> {
            try {
              ctx.run(() -> new CountDownLatch(1).await());
            } catch (ContextException e) {
              cell.value++;
            }
          },
          all -> {
            Pair.awaitAsleep(all[0]);
            Pair.write(ordered, cell, ctx::cancel);
          });
    }
  }

  static void groupFails(boolean ordered) throws Exception {
    Cell cell = new Cell();
    try (ErrGroup group = ErrGroup.open().interrupting(false)) {
      group.go(() -> {
        var _ = group.context().done().receive();
        Pair.awaitStep(1); // both have been started
        cell.value++;
        Pair.step(2);
      });
      group.go(() -> {
        if (ordered) {
          cell.value = 1;
        }
        throw new IllegalStateException("on purpose");
      });
      Pair.step(1);
      if (!ordered) {
        Pair.awaitStep(2);
        cell.value++;
      }
      try {
        group.await();
      } catch (ExecutionException e) {
        cell.value++;
      }
    }
  }

  static void groupCall(boolean ordered) throws Exception {
    Cell cell = new Cell();
    try (ErrGroup group = ErrGroup.open()) {
      Future<Integer> future =
          group.call(() -> {
            Pair.increment(cell);
            return 1;
          });
      Pair.incrementAfter(ordered, cell, future::get);
      group.await();
    }
  }

  /** With room for one, the next begins when the first has ended. */
  static void groupLimit(boolean ordered) throws Exception {
    Cell cell = new Cell();
    try (ErrGroup group = ErrGroup.open().limit(ordered ? 1 : 2)) {
      group.go(() -> {
        cell.value++;
        Pair.step(1);
        if (!ordered) {
          Pair.awaitStep(2);
        }
      });
      Pair.awaitStep(1);
      group.go(() -> {
        cell.value++;
        Pair.step(2);
      });
      group.await();
    }
  }

  static void call(boolean ordered) throws Exception {
    Cell cell = new Cell();
    cell.value = 1;
    Future<Integer> future =
        Go.call(() -> {
          Pair.increment(cell);
          return 1;
        });
    Pair.incrementAfter(ordered, cell, future::get);
    future.get();
  }

  /** What is done before a timer is set comes before it rings. */
  static void timerRuns(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Chan<Integer> ran = Chan.buffered(1);
    Pair.write(
        ordered,
        cell,
        () -> {
          var _ =
              Timer.run(
                  SHORT,
                  () -> {
                    cell.value++;
                    ran.send(1);
                  });
        });
    ran.receive();
  }

  private static void told(boolean ordered, Pair.Step set, Pair.Step wait) throws Exception {
    Cell cell = new Cell();
    Pair.all(
        all -> {
          Pair.write(ordered, cell, set);
          Pair.step(1);
        },
        all -> {
          Pair.awaitStep(1);
          wait.run();
          cell.value++;
        });
  }

  /** Or set anew. */
  static void timerReset(boolean ordered) throws Exception {
    Timer timer = Timer.of(Duration.ofMinutes(1));
    told(ordered, () -> timer.reset(SHORT), () -> timer.channel().receive());
  }

  static void tickerReset(boolean ordered) throws Exception {
    try (Ticker ticker = Ticker.every(Duration.ofMinutes(1))) {
      told(ordered, () -> ticker.reset(SHORT), () -> ticker.channel().receive());
    }
  }

  /** Two who take a tick each are not ordered by that. */
  static void ticks(boolean ordered) throws Exception {
    Cell cell = new Cell();
    try (Ticker ticker = Ticker.every(SHORT)) {
      Pair.Step use =
          () -> {
            ticker.channel().receive();
            if (ordered) {
              synchronized (ticker) {
                cell.value++;
              }
            } else {
              cell.value++;
            }
          };
      Pair.both(use, use);
    }
  }

  /** Who spends what a limiter has orders nobody after him by meaning it to. */
  static void rateLimiter(boolean ordered) throws Exception {
    RateLimiter limiter = RateLimiter.perSecond(10_000, 100);
    Cell cell = new Cell();
    Pair.Step use =
        () -> {
          limiter.await();
          synchronized (ordered ? cell : new Object()) {
            cell.value++;
          }
        };
    Pair.both(use, use);
  }
}
