package dev.runnel.benchmarks.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a library on the JVM does what the workloads consist of. The workloads are written once, over
 * this; as a process loads one peer only, the JIT compiler sees one implementation of each method
 * and calls it directly. What returns null is what the library does not have.
 *
 * @param <C> its channels
 */
abstract class Peer<C> {
  /** Starts a goroutine. */
  abstract void go(Step body);

  /** Starts a goroutine for each body and waits for all, with what the library has for it. */
  abstract void goAll(List<Step> bodies) throws Exception;

  /**
   * A channel.
   *
   * @param capacity how much it holds; 0: a hand-over
   */
  abstract C channel(int capacity);

  /** Sends. */
  abstract void send(C channel, Integer value) throws Exception;

  /** Receives. */
  abstract Integer receive(C channel) throws Exception;

  /** Sends if that is possible at once. */
  boolean trySend(C channel, Integer value) throws Exception {
    throw new UnsupportedOperationException();
  }

  /** Receives if that is possible at once; null if not. */
  @Nullable Integer tryReceive(C channel) throws Exception {
    throw new UnsupportedOperationException();
  }

  /** Whether it has {@link #trySend} and {@link #tryReceive}. */
  boolean tries() {
    return false;
  }

  /** Receives under an idle context, the quickest way. */
  @Nullable Take receiveWithContext(C channel) {
    return null;
  }

  /** A select between a value and the end of an idle context, the quickest way. */
  @Nullable Take receiveOrDone(C channel) {
    return null;
  }

  /** The same, the way that reads best; null if there is one way only. */
  @Nullable Take receiveOrDoneWithHandlers(C channel) {
    return receiveOrDone(channel);
  }

  /** Sends unless an idle context ends. */
  @Nullable Give sendWithContext(C channel) {
    return null;
  }

  /** A select among channels. */
  @Nullable Take anyOf(List<C> channels) {
    return null;
  }

  /** Whether it has {@link #receiveBatch}. */
  boolean batches() {
    return false;
  }

  /** Waits for one value and takes what else is there; returns how many it took. */
  int receiveBatch(C channel, int most, List<Integer> into) throws Exception {
    throw new UnsupportedOperationException();
  }

  /** A lock. */
  @Nullable Guard mutex() {
    return null;
  }

  /** Whether its channels can be closed. */
  boolean closes() {
    return false;
  }

  /** Closes. */
  void close(C channel) throws Exception {
    throw new UnsupportedOperationException();
  }

  /** Waits for a value or the end, whichever comes. */
  void receiveOrClosed(C channel) throws Exception {
    receive(channel);
  }
}
