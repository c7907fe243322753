package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Rendezvous;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The end of a body races with that of its context: no interrupt may arrive after it. */
class ContextRunRaceTest {
  private static final int ROUNDS = 3_000;

  private CancelContext shared = Context.background().withCancel();

  @ParameterizedTest
  @EnumSource
  void noInterruptIsLeftBehind(Actor.Kind kind) throws InterruptedException {
    var race = new Rendezvous();
    Chan<Integer> channel = Chan.buffered(1);
    Actor canceler = startCanceler(race);
    Actor runner =
        kind.start(() -> {
          for (int i = 0; i < ROUNDS; i++) {
            CancelContext ctx = Context.background().withCancel();
            shared = ctx;
            int length = i % 50;
            race.meet();
            try {
              ctx.run(() -> spin(length));
            } catch (CanceledException beforeTheBody) {
              assertThat(ctx.err()).isNotNull();
            }
            assertThat(Thread.currentThread().isInterrupted()).as("round %s", i).isFalse();
            race.meet();
            channel.send(i);
            assertThat(channel.receive()).isEqualTo(i);
            assertThat(Thread.currentThread().isInterrupted()).as("round %s", i).isFalse();
          }
        });
    runner.join();
    canceler.join();
  }

  @ParameterizedTest
  @EnumSource
  void noInterruptIsLeftBehindByNestedRunsOfOneTree(Actor.Kind kind) throws InterruptedException {
    var race = new Rendezvous();
    Actor canceler = startCanceler(race);
    Actor runner =
        kind.start(() -> {
          for (int i = 0; i < ROUNDS; i++) {
            CancelContext ctx = Context.background().withCancel();
            shared = ctx;
            Context inner = ctx.withTimeout(Duration.ofHours(1));
            int length = i % 50;
            race.meet();
            try {
              ctx.run(() -> {
                inner.run(() -> spin(length));
                spin(length);
                Go.sleep(Duration.ZERO);
              });
            } catch (CanceledException canceled) {
              assertThat(ctx.err()).isNotNull();
            }
            assertThat(Thread.currentThread().isInterrupted()).as("round %s", i).isFalse();
            race.meet();
            Go.sleep(Duration.ZERO);
          }
        });
    runner.join();
    canceler.join();
  }

  /** Goroutine.interrupt() comes beside the context's interrupt: nor is it lost, nor doubled. */
  @ParameterizedTest
  @EnumSource
  void anInterruptOfTheGoroutineArrivesOnce(Actor.Kind kind) throws InterruptedException {
    var race = new Rendezvous();
    Goroutine[] target = new Goroutine[1];
    Actor interrupter =
        kind.start(() -> {
          for (int i = 0; i < ROUNDS; i++) {
            race.meet();
            target[0].interrupt();
            race.meet();
          }
        });
    Goroutine runner =
        Go.go(() -> {
          target[0] = Goroutine.current();
          for (int i = 0; i < ROUNDS; i++) {
            CancelContext ctx = Context.background().withCancel();
            int length = i % 50;
            race.meet();
            ctx.run(() -> {
              ctx.cancel();
              spin(length);
            });
            boolean atOnce = Thread.interrupted();
            race.meet();
            boolean later = Thread.interrupted();
            assertThat(later).as("round %s", i).isNotEqualTo(atOnce);
          }
        });
    runner.join();
    assertThat(runner.failure()).isNull();
    interrupter.join();
  }

  /** The enclosing context ends beside the inner one. */
  @ParameterizedTest
  @EnumSource
  void theInterruptOfAnEnclosingContextArrivesOnce(Actor.Kind kind) throws InterruptedException {
    var race = new Rendezvous();
    Actor canceler = startCanceler(race);
    Actor runner =
        kind.start(() -> {
          for (int i = 0; i < ROUNDS; i++) {
            CancelContext outer = Context.background().withCancel();
            shared = outer;
            int length = i % 50;
            outer.run(() -> {
              CancelContext inner = Context.background().withCancel();
              race.meet();
              inner.run(() -> {
                inner.cancel();
                spin(length);
              });
              boolean atOnce = Thread.interrupted();
              race.meet();
              boolean later = Thread.interrupted();
              assertThat(later).isNotEqualTo(atOnce);
            });
            assertThat(Thread.currentThread().isInterrupted()).as("round %s", i).isFalse();
          }
        });
    runner.join();
    canceler.join();
  }

  private Actor startCanceler(Rendezvous race) {
    return Actor.Kind.PLATFORM.start(() -> {
      for (int i = 0; i < ROUNDS; i++) {
        race.meet();
        shared.cancel();
        race.meet();
      }
    });
  }

  private static void spin(int length) {
    for (int i = 0; i < length; i++) {
      Thread.onSpinWait();
    }
  }
}
