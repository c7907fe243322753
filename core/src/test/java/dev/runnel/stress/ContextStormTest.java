package dev.runnel.stress;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.CancelContext;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.ContextKey;
import dev.runnel.Goroutine;
import dev.runnel.Stop;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Test;

/** Trees of contexts that grow, end and run things at once. */
class ContextStormTest {
  private static final ContextKey<Integer> DEPTH = ContextKey.of("depth");

  /** A task to run after a context's end, which may be stopped. */
  private static final class Promised {
    final AtomicInteger runs = new AtomicInteger();
    volatile boolean stopped;

    boolean settled() {
      return runs.get() == (stopped ? 0 : 1);
    }
  }

  @Test
  void aTreeThatGrowsWhileItEndsForgetsNothingAndKeepsNothing() throws InterruptedException {
    Dice dice = Dice.ofTest();
    try {
      growAndEnd(dice);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\nwith " + dice, e);
    }
  }

  private static void growAndEnd(Dice dice) throws InterruptedException {
    Turns turns = Turns.of(10_000);
    int alarms = WhiteBox.alarms();
    CancelContext root = Context.background().withCancel();
    AtomicReferenceArray<Context> nodes = new AtomicReferenceArray<>(64);
    ConcurrentLinkedQueue<CancelContext> made = new ConcurrentLinkedQueue<>();
    ConcurrentLinkedQueue<Promised> tasks = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < nodes.length(); i++) {
      nodes.set(i, root);
    }
    List<Actor> actors = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Dice its = dice.ofWorker(i);
      Actor.Kind kind = i % 2 == 0 ? Actor.Kind.VIRTUAL : Actor.Kind.PLATFORM;
      actors.add(
          kind.start(() -> {
            for (int turn = 0; turns.allow(turn); turn++) {
              turn(its, root, nodes, made, tasks);
            }
          }));
    }
    for (Actor actor : actors) {
      actor.join();
    }
    root.cancel();
    // An alarm may be about to tell the descendants of a context that it has just ended.
    for (CancelContext context : made) {
      Eventually.that("the end of " + context, () -> context.err() != null);
      assertThat(context.done().tryReceive().isClosed()).isTrue();
      assertThat(WhiteBox.linksOf(context)).isZero();
      assertThat(WhiteBox.waitersOf(context.done())).isZero();
    }
    assertThat(WhiteBox.linksOf(root)).isZero();
    Eventually.that("no alarm left", () -> WhiteBox.alarms() <= alarms);
    Eventually.that(
        "every task that was not stopped",
        () -> tasks.stream().allMatch(task -> task.stopped || task.runs.get() > 0));
    assertThat(tasks).allMatch(Promised::settled);
  }

  private static void turn(
      Dice dice,
      CancelContext root,
      AtomicReferenceArray<Context> nodes,
      ConcurrentLinkedQueue<CancelContext> made,
      ConcurrentLinkedQueue<Promised> tasks)
      throws Exception {
    int place = dice.below(nodes.length());
    Context context = nodes.get(dice.below(nodes.length()));
    switch (dice.below(10)) {
      case 0, 1, 2 -> {
        boolean ended = context.err() != null;
        CancelContext child = child(dice, context);
        if (ended) {
          assertThat(child.err()).isNotNull(); // a child of an ended context has ended
        }
        made.add(child);
        nodes.set(place, child);
      }
      case 3 -> nodes.set(place, context.withValue(DEPTH, place));
      case 4 -> nodes.set(place, root);
      case 5 -> {
        if (context != root && context instanceof CancelContext own) {
          own.cancel(new IllegalStateException("of " + place));
          assertThat(own.err()).isNotNull();
          assertThat(own.done().tryReceive().isClosed()).isTrue();
        }
      }
      case 6, 7 -> promise(dice, context, tasks);
      case 8 -> waitBriefly(dice, context);
      default -> runBriefly(dice, context);
    }
  }

  private static CancelContext child(Dice dice, Context parent) {
    return switch (dice.below(4)) {
      case 0 -> parent.withTimeout(dice.tinyTime());
      case 1 -> parent.withDeadline(Instant.now().plus(dice.tinyTime()));
      default -> parent.withCancel();
    };
  }

  private static void promise(Dice dice, Context context, ConcurrentLinkedQueue<Promised> tasks) {
    Promised promised = new Promised();
    Stop stop = context.afterDone(promised.runs::incrementAndGet);
    if (dice.oneIn(2)) {
      promised.stopped = stop.stop();
      assertThat(stop.stop()).isFalse();
    }
    tasks.add(promised);
  }

  private static void waitBriefly(Dice dice, Context context) throws InterruptedException {
    try (CancelContext brief = context.withTimeout(dice.tinyTime())) {
      assertThat(brief.done().receive()).isNull();
      assertThat(brief.err()).isNotNull();
    }
  }

  private static void runBriefly(Dice dice, Context context) throws Exception {
    try (CancelContext brief = context.withTimeout(dice.tinyTime())) {
      brief.run(() -> {
        assertThat(Context.current()).isSameAs(brief);
        brief.done().receive(); // by the done channel, or by the interrupt
      });
    } catch (ContextException ended) {
      // as it should
    }
    assertThat(Thread.interrupted()).as("an interrupt that strayed").isFalse();
  }

  @Test
  void runTakesItsOwnInterruptAlongAndLeavesTheGoroutinesOwn() throws InterruptedException {
    Turns rounds = Turns.of(4_000);
    for (int round = 0; rounds.allow(round); round++) {
      CancelContext ctx = Context.background().withCancel();
      boolean interrupts = round % 2 == 0;
      StartLine start = new StartLine(interrupts ? 3 : 2);
      boolean[] flag = new boolean[1];
      Goroutine runner =
          go(() -> {
            start.await();
            try {
              ctx.run(() -> {
                while (ctx.err() == null) {
                  Thread.onSpinWait();
                }
              });
            } catch (ContextException ended) {
              // before the body began
            }
            flag[0] = Thread.currentThread().isInterrupted();
            if (interrupts) {
              Eventually.that("the goroutine's own interrupt", Thread::interrupted);
            }
          });
      Goroutine interrupter =
          go(() -> {
            if (interrupts) {
              start.await();
              runner.interrupt();
            }
          });
      start.await();
      ctx.cancel();
      interrupter.join();
      runner.join();
      assertThat(runner.failure()).as("round %s", round).isNull();
      assertThat(WhiteBox.linksOf(ctx)).isZero();
      if (!interrupts) {
        assertThat(flag[0]).as("a stray interrupt in round %s", round).isFalse();
      }
    }
  }

  @Test
  void nestedRunsLeaveNoInterruptBehind() throws InterruptedException {
    Turns rounds = Turns.of(3_000);
    for (int round = 0; rounds.allow(round); round++) {
      CancelContext outer = Context.background().withCancel();
      CancelContext inner = outer.withCancel();
      StartLine start = new StartLine(3);
      Goroutine runner =
          go(() -> {
            start.await();
            try {
              outer.run(() -> {
                try {
                  inner.run(() -> inner.done().receive());
                } catch (ContextException | InterruptedException ended) {
                  // The interrupt may have been the outer context's.
                }
                outer.done().receive();
              });
            } catch (ContextException ended) {
              // before the body began, or by an interrupt, which run has turned into this
            }
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
          });
      Goroutine canceler =
          go(() -> {
            start.await();
            inner.cancel();
          });
      start.await();
      outer.cancel();
      canceler.join();
      runner.join();
      assertThat(runner.failure()).as("round %s", round).isNull();
      assertThat(WhiteBox.linksOf(outer) + WhiteBox.linksOf(inner)).isZero();
    }
  }

  @Test
  void aParentForgetsChildrenThatEndFirst() throws Exception {
    int alarms = WhiteBox.alarms(); // others may have left some
    Turns turns = Turns.of(20_000);
    CancelContext parent = Context.background().withCancel();
    List<Actor> actors = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Actor.Kind kind = i % 2 == 0 ? Actor.Kind.VIRTUAL : Actor.Kind.PLATFORM;
      actors.add(
          kind.start(() -> {
            for (int turn = 0; turns.allow(turn); turn++) {
              try (CancelContext child = parent.withTimeout(Duration.ofHours(1))) {
                Stop stop = child.afterDone(() -> {});
                child.run(() -> {});
                assertThat(stop.stop()).isTrue();
              }
            }
          }));
    }
    for (Actor actor : actors) {
      actor.join();
    }
    assertThat(WhiteBox.linksOf(parent)).isZero();
    assertThat(WhiteBox.alarms()).as("alarms").isLessThanOrEqualTo(alarms);
    parent.close();
  }
}
