package dev.runnel.benchmarks.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Channels that wait in the plainest way, on virtual threads: what the cost of Runnel's waiting is
 * judged by. Its context is a channel at which nothing ever arrives.
 */
final class ParkPeer extends ThreadPeer<ParkChannel> {
  private final ParkChannel done = new ParkChannel(0);

  @Override
  ParkChannel channel(int capacity) {
    return new ParkChannel(capacity);
  }

  @Override
  void send(ParkChannel channel, Integer value) {
    channel.send(value);
  }

  @Override
  Integer receive(ParkChannel channel) {
    return channel.receive();
  }

  @Override
  boolean tries() {
    return true;
  }

  @Override
  boolean trySend(ParkChannel channel, Integer value) {
    return channel.trySend(value);
  }

  @Override
  @Nullable Integer tryReceive(ParkChannel channel) {
    return channel.tryReceive();
  }

  @Override
  boolean batches() {
    return true;
  }

  @Override
  int receiveBatch(ParkChannel channel, int most, List<Integer> into) {
    into.add(channel.receive());
    int count = 1;
    for (Integer next; count < most && (next = channel.tryReceive()) != null; count++) {
      into.add(next);
    }
    return count;
  }

  @Override
  Take receiveWithContext(ParkChannel channel) {
    return receiveOrDone(channel);
  }

  @Override
  Take receiveOrDone(ParkChannel channel) {
    return new ParkSelect(List.of(channel, done), null)::receive;
  }

  @Override
  Give sendWithContext(ParkChannel channel) {
    ParkSelect select = new ParkSelect(List.of(done), channel);
    return value -> {
      if (select.sendOrReceive(value) != null) {
        throw new IllegalStateException("the context has ended");
      }
    };
  }

  @Override
  Take anyOf(List<ParkChannel> channels) {
    return new ParkSelect(channels, null)::receive;
  }

  @Override
  Guard mutex() {
    return new LockGuard();
  }
}
