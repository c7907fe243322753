package dev.runnel.benchmarks.workload;

import dev.runnel.benchmarks.workload.ParkWait.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A select over {@link ParkChannel}s, in the plainest way: looks at them beginning at any one, and
 * when none is ready takes all locks, looks again, joins all queues, and parks.
 */
final class ParkSelect {
  private final List<ParkChannel> inOrder;
  private final List<ParkChannel> sources;
  private final @Nullable ParkChannel target;

  /**
   * A select that belongs to one goroutine.
   *
   * @param sources from which it receives
   * @param target to which it sends; null: it only receives
   */
  ParkSelect(List<ParkChannel> sources, @Nullable ParkChannel target) {
    this.sources = List.copyOf(sources);
    this.target = target;
    List<ParkChannel> all = new ArrayList<>(sources);
    if (target != null) {
      all.add(target);
    }
    all.sort(Comparator.comparingLong(ParkChannel::number));
    this.inOrder = List.copyOf(all);
  }

  /** Receives from whichever is ready first. */
  Integer receive() {
    Integer received = await(0);
    if (received == null) {
      throw new IllegalStateException("it does not send");
    }
    return received;
  }

  /**
   * Sends, or receives from a source that is ready before.
   *
   * @param value what is sent
   * @return what was received; null if it was sent
   */
  @Nullable Integer sendOrReceive(Integer value) {
    return await(value);
  }

  private @Nullable Integer await(Integer value) {
    if (target != null && target.trySend(value)) {
      return null;
    }
    Integer received = tryReceive();
    if (received != null) {
      return received;
    }
    inOrder.forEach(ParkChannel::lock);
    try {
      if (target != null && target.trySend(value)) {
        return null;
      }
      received = tryReceive();
      if (received != null) {
        return received;
      }
      return park(value);
    } finally {
      inOrder.forEach(ParkChannel::unlock);
    }
  }

  private @Nullable Integer tryReceive() {
    int count = sources.size();
    int start = count == 1 ? 0 : ThreadLocalRandom.current().nextInt(count);
    Integer received = null;
    for (int i = 0; i < count && received == null; i++) {
      received = sources.get((start + i) % count).tryReceive();
    }
    return received;
  }

  /** With all locks held before and after. */
  private @Nullable Integer park(Integer value) {
    ParkWait wait = new ParkWait();
    Place sending = wait.place(value);
    if (target != null) {
      target.enter(sending, true);
    }
    List<Place> receiving = new ArrayList<>(sources.size());
    for (ParkChannel source : sources) {
      Place place = wait.place(null);
      source.enter(place, false);
      receiving.add(place);
    }
    inOrder.forEach(ParkChannel::unlock);
    Place served = wait.await();
    inOrder.forEach(ParkChannel::lock);
    if (target != null) {
      target.leave(sending, true);
    }
    for (int i = 0; i < receiving.size(); i++) {
      sources.get(i).leave(receiving.get(i), false);
    }
    return receiving.contains(served) ? served.value() : null;
  }
}
