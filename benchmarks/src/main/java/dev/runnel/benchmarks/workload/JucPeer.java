package dev.runnel.benchmarks.workload;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;

/**
 * The JDK: virtual threads, {@code SynchronousQueue} in fair mode (first come, first served, as a
 * channel) and {@code ArrayBlockingQueue}. It has no select, no close and no context.
 */
final class JucPeer extends ThreadPeer<BlockingQueue<Integer>> {
  @Override
  BlockingQueue<Integer> channel(int capacity) {
    return capacity == 0 ? new SynchronousQueue<>(true) : new ArrayBlockingQueue<>(capacity);
  }

  @Override
  void send(BlockingQueue<Integer> channel, Integer value) throws InterruptedException {
    channel.put(value);
  }

  @Override
  Integer receive(BlockingQueue<Integer> channel) throws InterruptedException {
    return channel.take();
  }

  @Override
  boolean tries() {
    return true;
  }

  @Override
  boolean trySend(BlockingQueue<Integer> channel, Integer value) {
    return channel.offer(value);
  }

  @Override
  @Nullable Integer tryReceive(BlockingQueue<Integer> channel) {
    return channel.poll();
  }

  @Override
  boolean batches() {
    return true;
  }

  @Override
  int receiveBatch(BlockingQueue<Integer> channel, int most, List<Integer> into)
      throws InterruptedException {
    into.add(channel.take());
    return 1 + channel.drainTo(into, most - 1);
  }

  @Override
  Guard mutex() {
    return new LockGuard();
  }
}
