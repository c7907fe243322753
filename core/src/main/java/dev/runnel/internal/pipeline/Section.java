package dev.runnel.internal.pipeline;

import dev.runnel.Case;
import dev.runnel.Chan;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.ErrGroup;
import dev.runnel.ReceiveChan;
import dev.runnel.Select;
import dev.runnel.Task;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The goroutines upstream of a stage: they end with it, whether because of the end of the values,
 * of a failure, or because downstream wants no more.
 *
 * <p>It is a group of its own, under the context of the stage, rather than a part of one group for
 * the whole run: so a stage can stop what is upstream of it and wait for that without stopping
 * others, be run several times over in one run (as in {@code retry} and {@code flatMap}), and no
 * stage needs to know what else is running.
 *
 * <p>A failure goes downstream behind the values that were made before it, as it would if nothing
 * ran at once: the goroutine that fails also fails the channel that it sends to. What fails after
 * downstream has gone is logged by the group.
 */
final class Section implements AutoCloseable {
  private final ErrGroup group;
  private final Thread owner = Thread.currentThread();

  private Section() {
    group = ErrGroup.open(Context.current());
  }

  /** Opens one on the thread of a stage. */
  static Section open() {
    return new Section();
  }

  /** Starts a goroutine. */
  void go(Task body) throws Exception {
    try {
      group.go(body);
    } catch (IllegalStateException closed) {
      throw stoppedOr(closed);
    } catch (ContextException e) {
      throw ended(e);
    }
  }

  /** Starts a goroutine with a result. */
  <R> Future<R> call(Callable<R> body) throws Exception {
    try {
      return group.call(body);
    } catch (IllegalStateException closed) {
      throw stoppedOr(closed);
    } catch (ContextException e) {
      throw ended(e);
    }
  }

  /** The stage that starts a goroutine when another has failed throws that failure. */
  private Exception ended(ContextException e) throws InterruptedException {
    return Thread.currentThread() == owner ? failure(e) : e;
  }

  /** A goroutine that starts another while this is being closed is told that it is to stop. */
  private IllegalStateException stoppedOr(IllegalStateException closed) {
    group.context().check();
    return closed;
  }

  /** Starts a goroutine that runs a stage into a channel, and ends that as the stage ends. */
  <T> void feed(Stage<T> up, Chan<T> chan) throws Exception {
    feed(up, chan, chan);
  }

  /** Starts a goroutine that runs a stage, and ends a channel as that ends. */
  <T> void feed(Stage<? extends T> up, Outlet<? super T> into, Chan<?> ends) throws Exception {
    go(() -> ends.closeAfter(() -> up.run(into)));
  }

  private <T> void feed(Stage<T> up, Chan<T> chan, Chan<?> ends) throws Exception {
    this.<T>feed(
        up,
        value -> {
          chan.send(value);
          return true;
        },
        ends);
  }

  /** Passes on what comes over a channel, until its end or until no more is wanted. */
  <T> void drain(ReceiveChan<T> chan, Outlet<? super T> out) throws Exception {
    T value;
    do {
      value = receive(chan);
    } while (value != null && out.put(value));
  }

  /** Receives a value; null at the end. */
  <T> @Nullable T receive(ReceiveChan<T> chan) throws Exception {
    try {
      return chan.receive();
    } catch (ChannelFailedException e) {
      throw failure(e);
    }
  }

  /** Waits for one of several cases. */
  Case<?> choose(Select select) throws Exception {
    try {
      return select.await();
    } catch (ChannelFailedException e) {
      throw failure(e);
    }
  }

  /** Receives a value on one of the goroutines; null at the end. */
  static <T> @Nullable T receiveInside(ReceiveChan<T> chan) throws Exception {
    try {
      return chan.receive();
    } catch (ChannelFailedException e) {
      throw failureInside(e);
    }
  }

  /** Waits for one of several cases on one of the goroutines. */
  static Case<?> chooseInside(Select select) throws Exception {
    try {
      return select.await();
    } catch (ChannelFailedException e) {
      throw failureInside(e);
    }
  }

  /** A goroutine can't wait for its group, but the cause is the failure that the group has, too. */
  private static Exception failureInside(ChannelFailedException e) {
    return e.getCause() instanceof Exception cause ? cause : e;
  }

  /** What is behind the failure of one of the goroutines, when that shows. */
  Exception failure(Exception shown) throws InterruptedException {
    try {
      group.await();
    } catch (ExecutionException e) {
      return reason(e);
    }
    return shown; // no failure: the end of the context
  }

  private static Exception reason(ExecutionException e) {
    if (!(e.getCause() instanceof Exception first)) {
      return e;
    }
    for (Throwable later : e.getSuppressed()) {
      if (later != first) {
        first.addSuppressed(later);
      }
    }
    return first;
  }

  /** Stops the goroutines and waits for them, whatever interrupts come. */
  @Override
  public void close() {
    group.cancel();
    group.close();
  }
}
