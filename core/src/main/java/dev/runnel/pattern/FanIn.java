package dev.runnel.pattern;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ErrGroup;
import dev.runnel.ReceiveChan;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Merges the values of any number of channels into one.
 *
 * {@snippet class="dev.runnel.snippets.PatternSnippetsTest" region="fan-in"}
 *
 * <p>The merge is fair: channels that always have a value take turns. The values of one channel
 * keep their order. It ends when all its channels have; if one fails, it fails at once with the
 * same cause, after what that channel had sent. The nil channel never ends. The values that its
 * goroutines (one for each channel) have in their hands when they are told to stop are lost.
 *
 * <p>Receiving a value from its channel <i>happens-before</i> its receipt from the merge.
 *
 * <p>Origin in Go: the {@code merge} of <i>Go Concurrency Patterns: Pipelines and cancellation</i>.
 * There, a consumer who stops early strands the senders, and errors have no way through.
 */
public final class FanIn {

  private FanIn() {}

  /**
   * Merges channels.
   *
   * @param channels the channels; none: the merge is empty
   * @param ctx the context; its end stops the merge, which fails with its exception
   * @param <T> the type of the values
   * @return the merge
   * @throws NullPointerException if an argument or a channel is null
   */
  public static <T> Feed<T> merge(
      Collection<? extends ReceiveChan<? extends T>> channels, Context ctx) {
    List<ReceiveChan<? extends T>> inputs = List.copyOf(channels);
    Chan<T> merged = Chan.unbuffered();
    return new ProducedFeed<>(
        merged,
        Production.sendingTo(
            merged,
            ctx,
            group -> {
              for (ReceiveChan<? extends T> input : inputs) {
                copy(input, merged, group);
              }
            }));
  }

  /**
   * Merges two channels.
   *
   * @param a a channel
   * @param b another
   * @param ctx the context; its end stops the merge, which fails with its exception
   * @param <T> the type of the values
   * @return the merge
   * @throws NullPointerException if an argument is null
   */
  public static <T> Feed<T> merge(
      ReceiveChan<? extends T> a, ReceiveChan<? extends T> b, Context ctx) {
    return merge(List.<ReceiveChan<? extends T>>of(a, b), ctx);
  }

  /**
   * Merges channels that come over a channel: each from when it comes.
   *
   * @param channels the channels; the merge ends when it and they have, and fails when it or one of
   *     them does
   * @param ctx the context; its end stops the merge, which fails with its exception
   * @param <T> the type of the values
   * @return the merge
   * @throws NullPointerException if an argument is null
   */
  public static <T> Feed<T> merge(
      ReceiveChan<? extends ReceiveChan<? extends T>> channels, Context ctx) {
    Objects.requireNonNull(channels, "channels");
    Chan<T> merged = Chan.unbuffered();
    return new ProducedFeed<>(merged, merging(channels, merged, ctx));
  }

  /**
   * Opens a merge of no channels yet.
   *
   * @param ctx the context; its end stops the merge, which fails with its exception
   * @param <T> the type of the values
   * @return the merge
   * @throws NullPointerException if the context is null
   */
  public static <T> Merge<T> open(Context ctx) {
    Chan<T> merged = Chan.unbuffered();
    Chan<ReceiveChan<? extends T>> inputs = Chan.unbounded();
    Production production =
        Production.start(
            ctx,
            group -> group.go(() -> copyEach(inputs, merged, group)),
            failure -> {
              Production.end(inputs, null);
              Production.end(merged, failure);
            });
    return new Merge<>(merged, inputs, production);
  }

  private static <T> Production merging(
      ReceiveChan<? extends ReceiveChan<? extends T>> channels, Chan<T> merged, Context ctx) {
    return Production.sendingTo(
        merged, ctx, group -> group.go(() -> copyEach(channels, merged, group)));
  }

  private static <T> void copyEach(
      ReceiveChan<? extends ReceiveChan<? extends T>> channels, Chan<T> merged, ErrGroup group)
      throws InterruptedException {
    for (ReceiveChan<? extends T> input; (input = channels.receive()) != null; ) {
      copy(input, merged, group);
    }
  }

  private static <T> void copy(ReceiveChan<? extends T> input, Chan<T> merged, ErrGroup group)
      throws InterruptedException {
    group.go(() -> {
      for (T value; (value = input.receive()) != null; ) {
        merged.send(value);
      }
    });
  }
}
