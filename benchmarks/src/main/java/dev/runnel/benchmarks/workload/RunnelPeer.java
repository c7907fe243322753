package dev.runnel.benchmarks.workload;

import static dev.runnel.Select.select;

import dev.runnel.Case;
import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Go;
import dev.runnel.ReceiveCase;
import dev.runnel.ReceiveResult;
import dev.runnel.Select;
import dev.runnel.Task;
import dev.runnel.sync.Mutex;
import dev.runnel.sync.WaitGroup;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runnel. */
final class RunnelPeer extends Peer<Chan<Integer>> {
  private final Context ctx = Context.background().withCancel();

  @Override
  void go(Step body) {
    var _ = Go.go(running(body));
  }

  @Override
  void goAll(List<Step> bodies) throws InterruptedException {
    WaitGroup group = new WaitGroup();
    for (Step body : bodies) {
      var _ = group.go(running(body));
    }
    group.await();
  }

  private static Task running(Step step) {
    return () -> {
      try {
        step.run();
      } catch (Throwable t) {
        Failure.end(t);
      }
    };
  }

  @Override
  Chan<Integer> channel(int capacity) {
    return Chan.buffered(capacity);
  }

  @Override
  void send(Chan<Integer> channel, Integer value) throws InterruptedException {
    channel.send(value);
  }

  @Override
  Integer receive(Chan<Integer> channel) throws InterruptedException {
    return Objects.requireNonNull(channel.receive());
  }

  @Override
  boolean tries() {
    return true;
  }

  @Override
  boolean trySend(Chan<Integer> channel, Integer value) {
    return channel.trySend(value);
  }

  @Override
  @Nullable Integer tryReceive(Chan<Integer> channel) {
    return channel.tryReceive() instanceof ReceiveResult.Value<Integer>(Integer value)
        ? value
        : null;
  }

  @Override
  Take receiveWithContext(Chan<Integer> channel) {
    return () -> Objects.requireNonNull(channel.receive(ctx));
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // which case has won: the very one
  Take receiveOrDone(Chan<Integer> channel) {
    ReceiveCase<Integer> value = channel.onReceive();
    Case<?> done = ctx.onDone();
    Select either = Select.of(value, done);
    return () -> {
      if (either.await() == done) {
        throw new IllegalStateException("the context has ended");
      }
      return value.value();
    };
  }

  @Override
  Take receiveOrDoneWithHandlers(Chan<Integer> channel) {
    Integer[] received = new Integer[1];
    return () -> {
      var _ =
          select(
              channel.onReceive(value -> received[0] = value),
              ctx.onDone(() -> {
                throw new IllegalStateException("the context has ended");
              }));
      return received[0];
    };
  }

  @Override
  Give sendWithContext(Chan<Integer> channel) {
    return value -> channel.send(value, ctx);
  }

  @Override
  Take anyOf(List<Chan<Integer>> channels) {
    List<ReceiveCase<Integer>> cases = channels.stream().map(Chan::onReceive).toList();
    Select any = Select.of(cases.toArray(Case<?>[]::new));
    return () -> {
      @SuppressWarnings("unchecked") // the cases are those above
      ReceiveCase<Integer> winner = (ReceiveCase<Integer>) any.await();
      return winner.value();
    };
  }

  @Override
  boolean batches() {
    return true;
  }

  @Override
  int receiveBatch(Chan<Integer> channel, int most, List<Integer> into)
      throws InterruptedException {
    return channel.receiveUpTo(most, into);
  }

  @Override
  Guard mutex() {
    Mutex mutex = new Mutex();
    return new Guard() {
      @Override
      public void lock() throws InterruptedException {
        mutex.lock();
      }

      @Override
      public void unlock() {
        mutex.unlock();
      }
    };
  }

  @Override
  boolean closes() {
    return true;
  }

  @Override
  void receiveOrClosed(Chan<Integer> channel) throws InterruptedException {
    var _ = channel.receive();
  }

  @Override
  void close(Chan<Integer> channel) {
    channel.close();
  }
}
