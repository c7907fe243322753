package dev.runnel.pattern;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Results that are collected in any order, by several goroutines, and told in that of their places.
 *
 * @param <R> the type of the results
 */
final class Collected<R> {
  private record Placed<R>(long place, R result) {}

  private final ConcurrentLinkedQueue<Placed<R>> results = new ConcurrentLinkedQueue<>();

  /** Notes a result; null is none. */
  void put(long place, @Nullable R result) {
    if (result != null) {
      results.add(new Placed<>(place, result));
    }
  }

  List<R> inOrder() {
    List<Placed<R>> sorted = new ArrayList<>(results);
    sorted.sort((a, b) -> Long.compare(a.place(), b.place()));
    List<R> inOrder = new ArrayList<>(sorted.size());
    sorted.forEach(placed -> inOrder.add(placed.result()));
    return Collections.unmodifiableList(inOrder);
  }
}
