package dev.runnel.pattern;

import dev.runnel.internal.channel.Log;
import java.util.ArrayList;
import java.util.List;

/**
 * How values get from the senders to the subscribers: through one {@link Log}, which all read who
 * keep up. Protected by the senders' mutex.
 *
 * @param <T> the type of the values
 */
final class Delivery<T> {
  private final Log log = new Log();

  /** The number of the first value before which a subscriber must be asked. */
  private long due;

  /** How many subscribers had ever come when all were asked. */
  private long asked;

  /** The log that subscribers read. */
  Log log() {
    return log;
  }

  /**
   * Sends a value.
   *
   * @param value the value
   * @param all who gets it
   * @param joined how many subscribers have ever come
   * @return those for whom the sender must wait
   */
  List<Subscription<T>> send(T value, List<Subscription<T>> all, long joined) {
    List<Subscription<T>> full = List.of();
    if (log.end() >= due || joined != asked) {
      full = ask(value, all);
      asked = joined;
    }
    log.append(value, () -> all.forEach(Subscription::serve));
    return full;
  }

  /** Asks who finds the value in the log, and offers it to the others; returns who is full. */
  private List<Subscription<T>> ask(T value, List<Subscription<T>> all) {
    List<Subscription<T>> full = new ArrayList<>(0);
    long number = log.end();
    long soonest = Long.MAX_VALUE;
    for (Subscription<T> subscription : all) {
      if (subscription.due() <= number && !subscription.accepts(value)) {
        full.add(subscription);
      }
      soonest = Math.min(soonest, subscription.due());
    }
    due = soonest;
    return full;
  }
}
