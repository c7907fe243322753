package dev.runnel.interop;

import dev.runnel.Context;
import dev.runnel.ReceiveChan;
import dev.runnel.pattern.Feed;
import dev.runnel.pattern.Generators;
import dev.runnel.pipeline.Pipeline;
import java.util.Objects;
import java.util.concurrent.Flow.Publisher;

/**
 * Channels and pipelines as publishers of {@link java.util.concurrent.Flow}, and the other way
 * round: how Runnel talks to Reactor, RxJava, Akka, the JDK's HTTP client, and whatever else speaks
 * Reactive Streams.
 *
 * {@snippet class="dev.runnel.snippets.InteropSnippetsTest" region="publishers"}
 *
 * <p>All of it keeps the rules of Reactive Streams, as its TCK tests. A subscriber's demand reaches
 * the stages and the channel: they make and take no value that has not been asked for.
 *
 * <p>What was done to a value before it was handed over <i>happens-before</i> what is done to it
 * after.
 */
public final class Publishers {

  private Publishers() {}

  /**
   * A channel as a publisher. Each subscriber has a goroutine that receives for it: subscribers
   * compete for the values, as receivers do. A value that is received at the very moment in which
   * the subscriber cancels is lost.
   *
   * @param chan the channel; its end completes the subscribers, its failure is their error
   * @param ctx the context; its end is every subscriber's error, and interrupts its {@code onNext}
   * @param <T> the type of the values
   * @return the publisher
   * @throws NullPointerException if an argument is null
   */
  public static <T> Publisher<T> of(ReceiveChan<T> chan, Context ctx) {
    return publisher(Pipeline.from(chan), false, ctx);
  }

  /**
   * A pipeline as a publisher. Each subscriber has a run of its own, in a goroutine of its own,
   * which cancelling stops at once. The subscriber's demand is the pipeline's: values are made when
   * they have been asked for, and so the end shows only when one more has been asked for.
   *
   * @param pipeline the pipeline; the failure of a stage is the subscriber's error, as a {@link
   *     dev.runnel.pipeline.PipelineException}
   * @param ctx the context of the runs; its end is every subscriber's error, and interrupts its
   *     {@code onNext}
   * @param <T> the type of the values
   * @return the publisher
   * @throws NullPointerException if an argument is null
   */
  public static <T> Publisher<T> of(Pipeline<T> pipeline, Context ctx) {
    return publisher(Objects.requireNonNull(pipeline, "pipeline"), true, ctx);
  }

  private static <T> Publisher<T> publisher(
      Pipeline<T> pipeline, boolean namesStages, Context ctx) {
    Objects.requireNonNull(ctx, "ctx");
    return subscriber ->
        Publication.start(
            pipeline, namesStages, Objects.requireNonNull(subscriber, "subscriber"), ctx);
  }

  /**
   * Subscribes to a publisher.
   *
   * @param publisher the publisher
   * @param room how many values may wait to be received: no more are ever asked for
   * @param ctx the context; its end cancels the subscription, and the feed fails with its exception
   * @param <T> the type of the values
   * @return a feed that brings the values; the publisher's completion ends it, its error fails it,
   *     closing it cancels the subscription
   * @throws IllegalArgumentException if there is room for less than one
   * @throws NullPointerException if an argument is null
   */
  public static <T> Feed<T> receive(Publisher<? extends T> publisher, int room, Context ctx) {
    Objects.requireNonNull(publisher, "publisher");
    ReceivingSubscriber.checkRoom(room); // now, not when it runs
    return Generators.produce(
        ctx,
        out -> {
          try (ReceivingSubscriber<T> subscriber = ReceivingSubscriber.create(room)) {
            publisher.subscribe(subscriber);
            subscriber.channel().receiveEach(out::send);
          }
        });
  }

  /**
   * A publisher as the source of a pipeline, which subscribes in each run and cancels the
   * subscription when it wants no more.
   *
   * @param publisher the publisher; its error is a failure of the source
   * @param room how many values may wait for the pipeline: no more are ever asked for
   * @param <T> the type of the values
   * @return a pipeline of its values
   * @throws IllegalArgumentException if there is room for less than one
   * @throws NullPointerException if an argument is null
   */
  public static <T> Pipeline<T> pipeline(Publisher<? extends T> publisher, int room) {
    Objects.requireNonNull(publisher, "publisher");
    ReceivingSubscriber.checkRoom(room); // now, not when it runs
    return Pipeline.<T>defer(
            () -> {
              ReceivingSubscriber<T> subscriber = ReceivingSubscriber.create(room);
              publisher.subscribe(subscriber);
              return Pipeline.from(subscriber.channel())
                  .named("publisher")
                  .onDone(subscriber::close);
            })
        .named("publisher");
  }
}
