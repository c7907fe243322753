package dev.runnel.benchmarks.workload;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.Select;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Jox, on virtual threads. Its cancellation is the interrupt, so a plain receive is its receive
 * under a context; its select takes clauses made for each turn.
 */
final class JoxPeer extends ThreadPeer<Channel<Integer>> {
  private static final Integer NOTHING = -1;

  private final Channel<Integer> done = Channel.newRendezvousChannel();

  @Override
  Channel<Integer> channel(int capacity) {
    return capacity == 0 ? Channel.newRendezvousChannel() : Channel.newBufferedChannel(capacity);
  }

  @Override
  void send(Channel<Integer> channel, Integer value) throws InterruptedException {
    channel.send(value);
  }

  @Override
  Integer receive(Channel<Integer> channel) throws InterruptedException {
    return channel.receive();
  }

  @Override
  boolean tries() {
    return true;
  }

  @Override
  boolean trySend(Channel<Integer> channel, Integer value) throws InterruptedException {
    return Select.select(
        channel.sendClause(value, () -> Boolean.TRUE), Select.defaultClause(Boolean.FALSE));
  }

  @Override
  @Nullable Integer tryReceive(Channel<Integer> channel) throws InterruptedException {
    Integer received = Select.select(channel.receiveClause(), Select.defaultClause(NOTHING));
    return received.equals(NOTHING) ? null : received;
  }

  @Override
  boolean batches() {
    return true;
  }

  @Override
  int receiveBatch(Channel<Integer> channel, int most, List<Integer> into)
      throws InterruptedException {
    into.add(channel.receive());
    int count = 1;
    for (Integer next; count < most && (next = tryReceive(channel)) != null; count++) {
      into.add(next);
    }
    return count;
  }

  @Override
  Take receiveWithContext(Channel<Integer> channel) {
    return channel::receive;
  }

  @Override
  Give sendWithContext(Channel<Integer> channel) {
    return channel::send;
  }

  @Override
  Take receiveOrDone(Channel<Integer> channel) {
    return () -> Select.select(channel.receiveClause(), done.receiveClause());
  }

  @Override
  Take anyOf(List<Channel<Integer>> channels) {
    Channel<Integer> a = channels.get(0);
    Channel<Integer> b = channels.get(1);
    Channel<Integer> c = channels.get(2);
    Channel<Integer> d = channels.get(3);
    return () ->
        Select.select(a.receiveClause(), b.receiveClause(), c.receiveClause(), d.receiveClause());
  }

  @Override
  boolean closes() {
    return true;
  }

  @Override
  void close(Channel<Integer> channel) {
    channel.done();
  }

  @Override
  void receiveOrClosed(Channel<Integer> channel) throws InterruptedException {
    var _ = channel.receiveOrClosed();
  }
}
