package dev.runnel;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a goroutine that throws. */
class GoroutineFailureTest {
  private final RuntimeException boom = new RuntimeException("boom");
  private final CancelContext ctx = Context.background().withCancel();
  private final List<Throwable> reported = new CopyOnWriteArrayList<>();
  private Thread.UncaughtExceptionHandler former;

  @BeforeEach
  void listen() {
    former = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> reported.add(thrown));
  }

  @AfterEach
  void restore() {
    Thread.setDefaultUncaughtExceptionHandler(former);
  }

  @Test
  void itGoesToTheDefaultHandlerAndStaysOnTheHandle() throws InterruptedException {
    for (Throwable thrown : List.of(boom, new Error("bad"), new Exception("checked"))) {
      reported.clear();
      assertThat(failing(thrown).failure()).isSameAs(thrown);
      assertThat(reported).containsExactly(thrown);
    }
  }

  @Test
  void aHandlerOfTheThreadsOwnIsHeardInstead() throws InterruptedException {
    List<Object> heard = new CopyOnWriteArrayList<>();
    Goroutine goroutine =
        go(() -> {
          Thread.currentThread().setUncaughtExceptionHandler((t, thrown) -> heard.add(thrown));
          throw boom;
        });
    goroutine.join();
    assertThat(goroutine.failure()).isSameAs(boom);
    assertThat(heard).containsExactly(boom);
    assertThat(reported).isEmpty();
  }

  @Test
  void aHandlerThatThrowsDoesNotKeepTheGoroutineFromEnding() throws InterruptedException {
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
      reported.add(thrown);
      throw new IllegalStateException("the handler is broken");
    });
    assertThat(failing(boom).failure()).isSameAs(boom);
    assertThat(reported).as("what the handler throws is dropped").containsExactly(boom);
    Goroutine next = go(() -> {});
    next.join();
    assertThat(next.failure()).isNull();
  }

  @Test
  void othersRunOn() throws InterruptedException {
    Chan<Integer> gate = Chan.unbuffered();
    Goroutine bystander = go(() -> assertThat(gate.receive()).isEqualTo(1));
    failing(boom);
    assertThat(bystander.isDone()).isFalse();
    gate.send(1);
    bystander.join();
    assertThat(bystander.failure()).isNull();
  }

  @Test
  void anInterruptOnRequestIsKeptButNotReported() throws InterruptedException {
    Goroutine goroutine = go(() -> Go.sleep(Duration.ofHours(1)));
    goroutine.interrupt();
    goroutine.join();
    assertThat(goroutine.failure()).isInstanceOf(InterruptedException.class);
    assertThat(reported).isEmpty();
  }

  @Test
  void anInterruptedExceptionThatNobodyAskedForIsReported() throws InterruptedException {
    InterruptedException own = new InterruptedException("own");
    assertThat(failing(own).failure()).isSameAs(own);
    assertThat(reported).containsExactly(own);
  }

  @Test
  void endedByItsContextItIsDoneNotFailed() throws InterruptedException {
    Chan<Integer> never = Chan.unbuffered();
    List<Goroutine> told =
        List.of(
            go(ctx, () -> Go.sleep(Duration.ofHours(1))),
            go(ctx, () -> never.receive(ctx)),
            go(ctx, () -> ctx.run(() -> Go.sleep(Duration.ofHours(1)))),
            go(ctx, () -> never.stream().forEach(v -> {})));
    ctx.cancel();
    for (Goroutine goroutine : told) {
      goroutine.join();
      assertThat(goroutine.failure()).isNull();
    }
    assertThat(reported).isEmpty();
  }

  /** The parent's end is seen before the child's: what it makes code throw is still an echo. */
  @Test
  void endedByAnAncestorOfItsContextItIsDoneNotFailed() throws InterruptedException {
    for (int i = 0; i < 2000; i++) {
      CancelContext parent = Context.background().withCancel();
      Context child = parent.withCancel();
      Goroutine goroutine = go(child, parent.done()::receive);
      Goroutine other = go(child, () -> Chan.nil().receive(parent));
      Goroutine checker =
          go(
              child,
              () -> {
                while (true) {
                  parent.check();
                  Thread.onSpinWait();
                }
              });
      parent.cancel();
      goroutine.join();
      other.join();
      checker.join();
      assertThat(goroutine.failure()).isNull();
      assertThat(other.failure()).isNull();
      assertThat(checker.failure()).isNull();
    }
    assertThat(reported).isEmpty();
  }

  @Test
  void underAnEndedContextItStartsInterrupted() throws InterruptedException {
    ctx.cancel();
    Chan<Boolean> flag = Chan.buffered(1);
    Goroutine goroutine =
        go(
            ctx,
            () -> {
              flag.trySend(Thread.currentThread().isInterrupted());
              Go.sleep(Duration.ofHours(1));
            });
    assertThat(flag.receive()).isTrue();
    goroutine.join();
    assertThat(goroutine.failure()).isNull();
  }

  @Test
  void aFailureOfItsOwnIsOneThoughTheContextEnded() throws InterruptedException {
    ctx.cancel();
    Goroutine goroutine =
        go(
            ctx,
            () -> {
              throw boom;
            });
    goroutine.join();
    assertThat(goroutine.failure()).isSameAs(boom);
    assertThat(reported).containsExactly(boom);
  }

  @Test
  void theEndOfAnotherContextIsAFailure() throws InterruptedException {
    CancelContext other = Context.background().withCancel();
    other.cancel();
    Goroutine goroutine = go(ctx, other::check);
    goroutine.join();
    assertThat(goroutine.failure()).isInstanceOf(CanceledException.class);
  }

  private static Goroutine failing(Throwable thrown) throws InterruptedException {
    Goroutine goroutine = go(() -> sneak(thrown));
    goroutine.join();
    return goroutine;
  }

  @SuppressWarnings("unchecked") // a task can throw only exceptions; an Error gets out like this
  private static <E extends Throwable> void sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
