package dev.runnel.interop;

import static dev.runnel.Select.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.runnel.CancelContext;
import dev.runnel.CanceledException;
import dev.runnel.Chan;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ErrGroup;
import dev.runnel.Go;
import dev.runnel.ReceiveResult.Value;
import dev.runnel.pattern.Feed;
import dev.runnel.pipeline.Pipeline;
import dev.runnel.pipeline.PipelineException;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Channels;
import dev.runnel.testkit.Eventually;
import dev.runnel.testkit.Goroutines;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Publishers as channels and pipelines, the JDK's own among them. */
@Timeout(60)
@ExtendWith(Accounted.class)
class ReceivingSubscriberTest {
  private final Context ctx = Context.background();
  private final ReceivingSubscriber<Integer> subscriber = ReceivingSubscriber.create(4);
  private final Demands demands = new Demands();
  @AutoClose private final SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>();

  /** A subscription that keeps what it is asked for. */
  private static class Demands implements Subscription {
    final List<Long> requests = new ArrayList<>();
    int cancels;

    @Override
    public void request(long n) {
      requests.add(n);
    }

    @Override
    public void cancel() {
      cancels++;
    }
  }

  @Test
  void itAsksForWhatItHasRoomForAndForMoreWhenHalfIsFree() throws Exception {
    subscriber.onSubscribe(demands);
    assertThat(demands.requests).containsExactly(4L);
    for (int i = 0; i < 4; i++) {
      subscriber.onNext(i);
    }
    assertThat(subscriber.channel().receive()).isEqualTo(0);
    assertThat(demands.requests).containsExactly(4L);
    assertThat(subscriber.channel().receive()).isEqualTo(1);
    assertThat(demands.requests).containsExactly(4L, 2L);
    subscriber.onComplete();
    assertThat(subscriber.channel()).containsExactly(2, 3);
    assertThat(demands.requests).as("nobody is asked after the end").containsExactly(4L, 2L);
    subscriber.close();
    assertThat(demands.cancels).as("nor cancelled").isZero();
  }

  @Test
  void aPublisherThatSendsMoreThanWasAskedForIsCutOff() throws Exception {
    subscriber.onSubscribe(demands);
    for (int i = 0; i < 6; i++) {
      subscriber.onNext(i);
    }
    assertThat(demands.cancels).isEqualTo(1);
    assertThat(Channels.drain(subscriber.channel())).containsExactly(0, 1, 2, 3);
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(subscriber.channel()::receive)
        .withCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingCancelsAndLeavesWhatHasCome() throws Exception {
    subscriber.onSubscribe(demands);
    subscriber.onNext(1);
    subscriber.close();
    subscriber.close();
    subscriber.onNext(2);
    assertThat(demands.cancels).isEqualTo(1);
    assertThat(subscriber.channel().receive()).isEqualTo(1);
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(subscriber.channel()::receive)
        .withCauseInstanceOf(CancellationException.class);
  }

  @Test
  void aSubscriptionThatComesTooLateOrTwiceIsCancelled() {
    subscriber.onSubscribe(demands);
    Demands second = new Demands();
    subscriber.onSubscribe(second);
    assertThat(second.cancels).isEqualTo(1);
    assertThat(demands.cancels).isZero();

    ReceivingSubscriber<Integer> closed = ReceivingSubscriber.create(1);
    closed.close();
    Demands late = new Demands();
    closed.onSubscribe(late);
    assertThat(late.cancels).isEqualTo(1);
    assertThat(late.requests).isEmpty();
  }

  @Test
  void aSubscriptionThatThrowsEndsIt() {
    subscriber.onSubscribe(
        new Demands() {
          @Override
          public void request(long n) {
            throw new IllegalStateException("no");
          }
        });
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(subscriber.channel()::receive)
        .havingCause()
        .withMessage("no");
  }

  @Test
  void misuseIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> ReceivingSubscriber.create(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Publishers.pipeline(publisher, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Publishers.receive(publisher, 0, ctx));
    assertThatNullPointerException().isThrownBy(() -> subscriber.onNext(null));
    assertThatNullPointerException().isThrownBy(() -> subscriber.onError(null));
    assertThatNullPointerException().isThrownBy(() -> subscriber.onSubscribe(null));
  }

  @Test
  void itTakesPartInSelect() throws Exception {
    publisher.subscribe(subscriber);
    publisher.submit(7);
    int value = select(Chan.<Integer>nil().onReceive(), subscriber.channel().onReceive());
    assertThat(value).isEqualTo(7);
    subscriber.close();
    Eventually.that("the end of the subscription", () -> publisher.getNumberOfSubscribers() == 0);
  }

  @Test
  void aFeedBringsWhatThePublisherSendsInOrder() throws Exception {
    int count = 10_000;
    Feed<Integer> feed = Publishers.receive(publisher, 16, ctx);
    Eventually.that("a subscriber", publisher::hasSubscribers);
    Go.go(() -> {
      IntStream.range(0, count).forEach(publisher::submit);
      publisher.close();
    });
    assertThat(feed).containsExactlyElementsOf(IntStream.range(0, count).boxed().toList());
  }

  @Test
  void aFeedAsksForNoMoreThanItHasRoomFor() throws Exception {
    try (Feed<Integer> feed = Publishers.receive(publisher, 3, ctx)) {
      Eventually.that("demand", () -> publisher.estimateMinimumDemand() == 3);
      for (int i = 0; i < 20; i++) {
        publisher.submit(i);
      }
      // 3 wait, 1 is in hand, and what was asked for when that was taken may have come.
      Eventually.that("the rest stays", () -> publisher.estimateMaximumLag() >= 14);
      assertThat(feed.receive()).isZero();
    }
    // A thread of the publisher's may be about to tell it this, after its first demand.
    Eventually.that("the end of the subscription", () -> !publisher.hasSubscribers());
  }

  @Test
  void aPublishersErrorFailsTheFeedAndThePipeline() throws Exception {
    Exception cause = new Exception("broken");
    publisher.closeExceptionally(cause);
    Feed<Integer> feed = Publishers.receive(publisher, 3, ctx);
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(feed::receive)
        .withCause(cause);
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> Publishers.pipeline(publisher, 3).toList(ctx))
        .withCause(cause)
        .satisfies(e -> assertThat(e.stage()).isEqualTo("publisher"));
  }

  @Test
  void theEndOfTheContextCancelsTheSubscription() throws Exception {
    CancelContext soon = ctx.withCancel();
    Feed<Integer> feed = Publishers.receive(publisher, 3, soon);
    Eventually.that("a subscriber", publisher::hasSubscribers);
    soon.cancel();
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(feed::receive)
        .withCauseInstanceOf(CanceledException.class);
    Eventually.that("the end of the subscription", () -> !publisher.hasSubscribers());
  }

  @Test
  void aPipelineThatHasEnoughCancelsTheSubscription() throws Exception {
    Go.go(() -> {
      Eventually.that("a subscriber", publisher::hasSubscribers);
      for (int i = 0; publisher.hasSubscribers(); i++) {
        publisher.submit(i);
      }
    });
    assertThat(Publishers.pipeline(publisher, 2).map(n -> n * 2).take(3).toList(ctx))
        .containsExactly(0, 2, 4);
    Goroutines.awaitNoOthers();
  }

  @Test
  void aPipelineSubscribesAnewInEachRun() throws Exception {
    Pipeline<Integer> twice = Publishers.pipeline(Publishers.of(Pipeline.range(0, 100), ctx), 5);
    assertThat(twice.count(ctx)).isEqualTo(100);
    assertThat(twice.count(ctx)).isEqualTo(100);
  }

  @Test
  void manyReceiversTakeEachValueOnce() throws Exception {
    int count = 20_000;
    Publishers.of(Pipeline.range(0, count), ctx).subscribe(subscriber);
    Chan<Integer> seen = Chan.unbounded();
    try (var group = ErrGroup.open()) {
      for (int i = 0; i < 4; i++) {
        group.go(() -> subscriber.channel().receiveEach(seen::send));
      }
      group.await();
    }
    assertThat(Channels.drain(seen))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, count).boxed().toList());
    assertThat(seen.tryReceive()).isNotInstanceOf(Value.class);
  }
}
