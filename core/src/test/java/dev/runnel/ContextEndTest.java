package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Rendezvous;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a context ends, and what it says then. */
class ContextEndTest {
  private final RuntimeException why = new RuntimeException("why");
  private final CancelContext ctx = Context.background().withCancel();

  @Test
  void theBackgroundNeverEnds() {
    Context root = Context.background();
    assertThat(root.err()).isNull();
    assertThat(root.cause()).isNull();
    assertThat(root.deadline()).isNull();
    assertThat(root.done()).isSameAs(Chan.nil());
    assertThat(root).isSameAs(Context.background());
    root.check();
  }

  @Test
  void anOpenContextHasNoErrorAndAnOpenDone() {
    assertThat(ctx.err()).isNull();
    assertThat(ctx.cause()).isNull();
    assertThat(ctx.done().tryReceive()).isInstanceOf(ReceiveResult.Empty.class);
    assertThat(ctx.done()).isSameAs(ctx.done());
    ctx.check();
  }

  @Test
  void cancelWithoutACauseIsItsOwnCause() {
    ctx.cancel();
    assertThat(ctx.err()).isInstanceOf(CanceledException.class).hasNoCause();
    assertThat(ctx.cause()).isInstanceOf(CanceledException.class);
    assertThat(ctx.done().tryReceive()).isInstanceOf(ReceiveResult.Closed.class);
    assertThatExceptionOfType(CanceledException.class).isThrownBy(ctx::check);
  }

  @Test
  void cancelWithNullIsCancel() {
    ctx.cancel(null);
    assertThat(ctx.err()).isInstanceOf(CanceledException.class).hasNoCause();
    assertThat(ctx.cause()).isInstanceOf(CanceledException.class);
  }

  @Test
  void closeIsCancel() {
    ctx.close();
    assertThat(ctx.err()).isInstanceOf(CanceledException.class);
  }

  @Test
  void theFirstCancelFixesErrorAndCause() {
    ctx.cancel(why);
    ctx.cancel(new RuntimeException("later"));
    ctx.cancel();
    ctx.close();
    assertThat(ctx.err()).isInstanceOf(CanceledException.class).hasCause(why);
    assertThat(ctx.cause()).isSameAs(why);
  }

  @Test
  void exceptionsAreFreshAndOnlyTheCauseIsShared() {
    ctx.cancel(why);
    ContextException first = ctx.err();
    ContextException second = ctx.err();
    assertThat(first).isNotSameAs(second);
    assertThat(first.getCause()).isSameAs(second.getCause()).isSameAs(why);
    assertThatExceptionOfType(CanceledException.class)
        .isThrownBy(ctx::check)
        .isNotSameAs(first)
        .satisfies(thrown ->
            assertThat(thrown.getStackTrace())
                .as("the stack of who asked")
                .anyMatch(f -> f.getClassName().equals(ContextEndTest.class.getName())));
  }

  @Test
  void onDoneWinsInASelect() throws InterruptedException {
    List<String> seen = new ArrayList<>();
    var select = Select.of(ctx.onDone(() -> seen.add("done")));
    assertThat(select.poll()).isNull();
    ctx.cancel();
    select.await();
    assertThat(Select.<Void>select(ctx.onDone())).isNull();
    assertThat(seen).containsExactly("done");
  }

  @ParameterizedTest
  @EnumSource
  void doneWakesWhoeverWaitsForIt(Actor.Kind kind) throws InterruptedException {
    Actor receiver = kind.start(() -> assertThat(ctx.done().receive()).isNull());
    Actor selector = kind.start(Select.of(ctx.onDone(), Chan.nil().onReceive())::await);
    receiver.awaitWaiting();
    selector.awaitWaiting();
    ctx.cancel();
    receiver.join();
    selector.join();
  }

  @Test
  void anErrorImpliesThatDoneIsClosedWheneverDoneIsFirstAskedFor() throws InterruptedException {
    var race = new Rendezvous();
    CancelContext[] shared = new CancelContext[1];
    int rounds = 10_000;
    Actor other =
        Actor.Kind.PLATFORM.start(() -> {
          for (int i = 0; i < rounds; i++) {
            race.meet();
            shared[0].done();
            race.meet();
          }
        });
    for (int i = 0; i < rounds; i++) {
      CancelContext ended = Context.background().withCancel();
      ended.cancel();
      shared[0] = ended;
      race.meet();
      if (ended.err() != null) {
        assertThat(ended.done().tryReceive()).isInstanceOf(ReceiveResult.Closed.class);
      }
      race.meet();
    }
    other.join();
  }

  @Test
  void errorAndDoneImplyEachOtherWhileAnotherThreadCancels() throws InterruptedException {
    var race = new Rendezvous();
    CancelContext[] shared = new CancelContext[1];
    int rounds = 2_000;
    Actor canceler =
        Actor.Kind.PLATFORM.start(() -> {
          for (int i = 0; i < rounds; i++) {
            race.meet();
            shared[0].cancel();
            race.meet();
          }
        });
    for (int i = 0; i < rounds; i++) {
      CancelContext racing = Context.background().withCancel();
      shared[0] = racing;
      ReceiveChan<Void> done = racing.done();
      race.meet();
      if (i % 2 == 0) {
        while (racing.err() == null) {
          Thread.onSpinWait();
        }
        assertThat(done.tryReceive()).isInstanceOf(ReceiveResult.Closed.class);
      } else {
        while (done.tryReceive() instanceof ReceiveResult.Empty) {
          Thread.onSpinWait();
        }
        assertThat(racing.err()).isNotNull();
      }
      race.meet();
    }
    canceler.join();
  }
}
