package dev.runnel.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.runnel.CancelContext;
import dev.runnel.CanceledException;
import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Goroutine;
import dev.runnel.pipeline.Pipeline;
import dev.runnel.pipeline.PipelineException;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Channels;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Goroutines;
import dev.runnel.testkit.Queues;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Channels and pipelines as publishers. */
@Timeout(60)
@ExtendWith(Accounted.class)
class PublishersTest {
  private final Context ctx = Context.background();
  private final Recorder<Integer> recorder = new Recorder<>();

  @Test
  void aChannelsValuesAndEndReachTheSubscriber() throws Exception {
    Chan<Integer> chan = Channels.full(3);
    chan.close();
    Publishers.of(chan, ctx).subscribe(recorder);
    recorder.subscription().request(Long.MAX_VALUE);
    recorder.awaitCompletion();
    assertThat(recorder.values).containsExactly(0, 1, 2);
  }

  @Test
  void aChannelsFailureIsTheSubscribersErrorAfterItsValues() {
    Chan<Integer> chan = Channels.full(2);
    Exception cause = new Exception("broken");
    chan.fail(cause);
    Publishers.of(chan, ctx).subscribe(recorder);
    recorder.subscription().request(3);
    assertThat(recorder.awaitError()).isSameAs(cause);
    assertThat(recorder.values).containsExactly(0, 1);
  }

  @Test
  void nothingIsTakenFromAChannelThatWasNotAskedFor() {
    Chan<Integer> chan = Channels.full(5);
    Publishers.of(chan, ctx).subscribe(recorder);
    recorder.subscription().request(2);
    recorder.awaitValues(2);
    recorder.subscription().cancel();
    Goroutines.awaitNoOthers();
    assertThat(recorder.values).containsExactly(0, 1);
    assertThat(Channels.drain(chan)).containsExactly(2, 3, 4);
    assertThat(recorder.ended()).isFalse();
  }

  @Test
  void cancellingEndsAWaitAtTheChannelAndTakesNothing() {
    Chan<Integer> chan = Chan.unbuffered();
    Publishers.of(chan, ctx).subscribe(recorder);
    recorder.subscription().request(1);
    Eventually.that("a receiver", () -> Queues.waiting(chan) == 1);
    recorder.subscription().cancel();
    Goroutines.awaitNoOthers();
    assertThat(Queues.waiting(chan)).isZero();
    assertThat(recorder.ended()).isFalse();
  }

  @Test
  void subscribersToAChannelCompete() throws Exception {
    Chan<Integer> chan = Chan.unbuffered();
    Publisher<Integer> publisher = Publishers.of(chan, ctx);
    Recorder<Integer> other = new Recorder<>();
    publisher.subscribe(recorder);
    publisher.subscribe(other);
    recorder.subscription().request(1);
    chan.send(1);
    recorder.awaitValues(1);
    other.subscription().request(1);
    chan.send(2);
    assertThat(other.awaitValues(1)).containsExactly(2);
    recorder.subscription().cancel();
    other.subscription().cancel();
  }

  @Test
  void eachSubscriberHasARunOfItsOwn() {
    AtomicInteger runs = new AtomicInteger();
    Publisher<Integer> publisher =
        Publishers.of(
            Pipeline.defer(() -> Pipeline.of(runs.incrementAndGet(), 10)).map(n -> n + 1), ctx);
    Recorder<Integer> other = new Recorder<>();
    publisher.subscribe(recorder);
    recorder.subscription().request(Long.MAX_VALUE);
    recorder.awaitCompletion();
    publisher.subscribe(other);
    other.subscription().request(1);
    other.subscription().request(2);
    other.awaitCompletion();
    assertThat(recorder.values).containsExactly(2, 11);
    assertThat(other.values).containsExactly(3, 11);
  }

  @Test
  void aPipelineMakesNothingThatWasNotAskedFor() {
    AtomicInteger made = new AtomicInteger();
    Publishers.of(Pipeline.generate(made::incrementAndGet), ctx).subscribe(recorder);
    recorder.subscription().request(3);
    recorder.awaitValues(3);
    recorder.subscription().request(1);
    recorder.awaitValues(4);
    recorder.subscription().cancel();
    Goroutines.awaitNoOthers();
    assertThat(made).hasValue(4);
  }

  @Test
  void aFailingStageIsTheSubscribersErrorWithItsName() {
    Publishers.of(Pipeline.of(1, 0).map(n -> 1 / n).named("divide"), ctx).subscribe(recorder);
    recorder.subscription().request(5);
    assertThat(recorder.awaitError())
        .isInstanceOfSatisfying(
            PipelineException.class,
            e -> {
              assertThat(e.stage()).isEqualTo("divide");
              assertThat(e).hasCauseInstanceOf(ArithmeticException.class);
            });
    assertThat(recorder.values).containsExactly(1);
  }

  @Test
  void cancellingInterruptsWhatRunsUpstream() throws Exception {
    Chan<String> seen = Chan.buffered(2);
    Publishers.of(
            Pipeline.<Integer>produce(out -> {
              out.send(1);
              seen.send("at work");
              try {
                Chan.nil().receive();
              } finally {
                seen.trySend("stopped");
              }
            }),
            ctx)
        .subscribe(recorder);
    recorder.subscription().request(2);
    assertThat(seen.receive()).isEqualTo("at work");
    recorder.subscription().cancel();
    assertThat(seen.receive()).isEqualTo("stopped");
    Goroutines.awaitNoOthers();
    assertThat(recorder.ended()).isFalse();
  }

  @Test
  void cancellingDoesNotInterruptTheSubscribersOwnCode() throws Exception {
    Chan<Boolean> interrupted = Chan.buffered(2);
    Chan<Boolean> cancelled = Chan.unbuffered();
    Recorder<Integer>[] self = recorders(1);
    self[0] =
        new Recorder<>(n -> {
          if (n == 2) {
            self[0].subscription().cancel();
            interrupted.trySend(Thread.currentThread().isInterrupted());
          }
        });
    Publishers.of(Pipeline.range(0, 9), ctx).subscribe(self[0]);
    self[0].subscription().request(Long.MAX_VALUE);
    assertThat(interrupted.receive()).isFalse();
    Goroutines.awaitNoOthers();
    assertThat(self[0].values).containsExactly(0, 1, 2);

    Chan<Boolean> inside = Chan.unbuffered();
    Recorder<Integer> byAnother =
        new Recorder<>(_ -> {
          try {
            inside.send(true);
            cancelled.receive();
            interrupted.trySend(Thread.currentThread().isInterrupted());
          } catch (InterruptedException e) {
            interrupted.trySend(true);
          }
        });
    Publishers.of(Pipeline.range(0, 9), ctx).subscribe(byAnother);
    byAnother.subscription().request(Long.MAX_VALUE);
    inside.receive();
    byAnother.subscription().cancel();
    cancelled.send(true);
    assertThat(interrupted.receive()).isFalse();
    Goroutines.awaitNoOthers();
    assertThat(byAnother.values).containsExactly(0);
    assertThat(byAnother.ended()).isFalse();
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Recorder<Integer>[] recorders(int count) {
    return new Recorder[count];
  }

  @Test
  void theEndOfTheContextIsTheSubscribersError() {
    CancelContext soon = ctx.withCancel();
    Publishers.of(Chan.<Integer>unbuffered(), soon).subscribe(recorder);
    soon.cancel();
    assertThat(recorder.awaitError()).isInstanceOf(CanceledException.class);

    Recorder<Integer> late = new Recorder<>();
    Publishers.of(Pipeline.of(1), soon).subscribe(late);
    late.subscription().request(1);
    assertThat(late.awaitError()).isInstanceOf(CanceledException.class);
    assertThat(late.values).isEmpty();
  }

  @Test
  void whatASubscriberThrowsEndsItsSubscriptionAndIsReported() {
    Queue<Throwable> reported = new ConcurrentLinkedQueue<>();
    Recorder<Integer> failing =
        new Recorder<>(_ -> {
          Thread.currentThread().setUncaughtExceptionHandler((_, t) -> reported.add(t));
          throw new IllegalArgumentException("from onNext");
        });
    AtomicInteger done = new AtomicInteger();
    Publishers.of(Pipeline.range(0, 9).onDone(done::incrementAndGet), ctx).subscribe(failing);
    failing.subscription().request(5);
    Goroutines.awaitNoOthers();
    assertThat(failing.values).containsExactly(0);
    assertThat(failing.ended()).isFalse();
    assertThat(done).hasValue(1);
    assertThat(reported).singleElement().isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRequestOfNoneIsAnErrorAndStopsTheRun() {
    Publishers.of(Chan.<Integer>unbuffered(), ctx).subscribe(recorder);
    recorder.subscription().request(1);
    recorder.subscription().request(0);
    assertThat(recorder.awaitError()).isInstanceOf(IllegalArgumentException.class);
    recorder.subscription().request(1);
    recorder.subscription().cancel();
  }

  @Test
  void whoCancelsInOnSubscribeStartsNothing() {
    Publishers.of(Pipeline.of(1), ctx)
        .subscribe(
            new Recorder<Integer>() {
              @Override
              public void onSubscribe(Subscription its) {
                its.request(1);
                its.cancel();
                assertThat(Goroutines.others()).isEmpty();
              }
            });
    assertThat(Goroutines.others()).isEmpty();
  }

  @Test
  void theSubscribersCodeRunsInAGoroutine() {
    Queue<Boolean> in = new ConcurrentLinkedQueue<>();
    Publishers.of(Pipeline.of(1), ctx)
        .subscribe(
            new Recorder<Integer>(_ -> in.add(Goroutine.current() != null)) {
              @Override
              public void onSubscribe(Subscription its) {
                its.request(Long.MAX_VALUE);
              }
            });
    Goroutines.awaitNoOthers();
    assertThat(in).containsExactly(true);
  }

  @Test
  void nullsAreRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> Publishers.of(Pipeline.of(1), ctx).subscribe(null));
    assertThatNullPointerException().isThrownBy(() -> Publishers.of((Chan<Integer>) null, ctx));
    assertThatNullPointerException().isThrownBy(() -> Publishers.of(Pipeline.of(1), null));
  }
}
