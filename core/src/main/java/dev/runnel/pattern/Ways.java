package dev.runnel.pattern;

import dev.runnel.ReceiveChan;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * The channels that a {@link FanOut} sends to: an unmodifiable list.
 *
 * <p>A consumer who stops early and alone closes its {@link #way}; then the others go on without
 * it. {@link #close} stops the whole.
 *
 * @param <T> the type of the values
 */
public final class Ways<T> extends AbstractList<ReceiveChan<T>>
    implements RandomAccess, AutoCloseable {
  private final List<Way<T>> ways;
  private final Production production;

  Ways(List<Way<T>> ways, Production production) {
    this.ways = ways;
    this.production = production;
  }

  /**
   * One of the ways, to be closed by itself.
   *
   * @param index which, from 0
   * @return the way
   * @throws IndexOutOfBoundsException if there is none
   */
  public Feed<T> way(int index) {
    return ways.get(index);
  }

  @Override
  public ReceiveChan<T> get(int index) {
    return ways.get(index);
  }

  @Override
  public int size() {
    return ways.size();
  }

  /**
   * Stops the fan-out, and waits until nothing of it runs any more, whatever interrupts come (their
   * flag is set afterwards). Does nothing if it has ended.
   *
   * @throws IllegalStateException if called by a goroutine that it would have to wait for
   */
  @Override
  public void close() {
    production.stop();
  }
}
