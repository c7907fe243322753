package dev.runnel.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Gatherer.Downstream;

/**
 * The list that a stream's elements go into now.
 *
 * @param <T> the type of the elements
 */
final class Window<T> {
  private final int most;
  private final long length;
  private final LongSupplier nanos;
  private List<T> elements = new ArrayList<>();
  private long start;

  Window(int most, long length, LongSupplier nanos) {
    this.most = most;
    this.length = length;
    this.nanos = nanos;
  }

  boolean integrate(T element, Downstream<? super List<T>> downstream) {
    long now = nanos.getAsLong();
    if (!elements.isEmpty() && now - start > length && !push(downstream)) {
      return false;
    }
    if (elements.isEmpty()) {
      start = now;
    }
    elements.add(element);
    return elements.size() < most || push(downstream);
  }

  void finish(Downstream<? super List<T>> downstream) {
    if (!elements.isEmpty() && !downstream.isRejecting()) {
      push(downstream);
    }
  }

  private boolean push(Downstream<? super List<T>> downstream) {
    List<T> full = List.copyOf(elements);
    elements = new ArrayList<>();
    return downstream.push(full);
  }
}
