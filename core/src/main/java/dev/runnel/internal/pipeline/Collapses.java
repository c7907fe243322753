package dev.runnel.internal.pipeline;

import dev.runnel.Chan;
import dev.runnel.ReceiveChan;
import dev.runnel.Select;
import dev.runnel.pipeline.Combine;
import dev.runnel.pipeline.Transform;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Stages between a quick side and a slow one: what they do depends on which of the two waits.
 *
 * <p>In each, a goroutine in the middle offers what it has on an unbuffered channel and receives
 * from another at the same time, by a select: an offer is taken only when downstream waits.
 */
public final class Collapses {

  private Collapses() {}

  /** Gathers values while downstream is busy, as long as they do not weigh too much together. */
  public static <T, A> Stage<A> gather(
      Stage<T> up,
      Label label,
      Transform<? super T, ? extends A> seed,
      Combine<? super A, ? super T, ? extends A> add,
      long most,
      Transform<? super T, Long> weigh) {
    return out -> {
      Chan<T> in = Chan.unbuffered();
      Chan<A> offers = Chan.unbuffered();
      try (Section section = Section.open()) {
        section.feed(up, in);
        section.go(() ->
            offers.closeAfter(() -> {
              T first = Section.receiveInside(in);
              while (first != null) {
                A gathered = label.<T, A>apply(seed, first);
                long weight = Gatherings.weighed(label, weigh, first);
                first =
                    new Gathering<T, A>(in, offers, gathered, weight)
                        .until(most, label, add, weigh);
              }
            }));
        section.drain(offers, out);
      }
    };
  }

  /** What is offered downstream while values are added to it. */
  private static final class Gathering<T, A> {
    private final ReceiveChan<T> in;
    private final Chan<A> offers;
    private A gathered;
    private long weight;

    Gathering(ReceiveChan<T> in, Chan<A> offers, A first, long weight) {
      this.in = in;
      this.offers = offers;
      this.gathered = first;
      this.weight = weight;
    }

    /** Offers it until it is taken; the first value of the next, or null if there is none. */
    @Nullable T until(
        long most,
        Label label,
        Combine<? super A, ? super T, ? extends A> add,
        Transform<? super T, Long> weigh)
        throws Exception {
      var value = in.onReceive();
      var offer = offers.onSend(gathered);
      Select select = Select.inOrder(offer, value);
      T next = null;
      while (weight < most) {
        if (Section.chooseInside(select) == offer) {
          return Section.receiveInside(in);
        }
        if (value.closed()) {
          break;
        }
        next = value.value();
        long its = Gatherings.weighed(label, weigh, next);
        if (its > most - weight) {
          break; // it waits until what is offered has been taken
        }
        gathered = label.<A, T, A>combine(add, gathered, next);
        weight += its;
        next = null;
        offer.value(gathered);
      }
      offers.send(gathered);
      return next == null ? Section.receiveInside(in) : next;
    }
  }

  /** Puts what a function makes of the latest value while upstream brings no new one. */
  public static <T, R> Stage<R> expand(
      Stage<T> up, Label label, Transform<? super T, ? extends Iterator<? extends R>> f) {
    return out -> {
      Chan<T> in = Chan.unbuffered();
      Chan<R> offers = Chan.unbuffered();
      try (Section section = Section.open()) {
        section.feed(up, in);
        section.go(() ->
            offers.closeAfter(() -> {
              T latest = Section.receiveInside(in);
              while (latest != null) {
                latest =
                    expandOne(label.<T, Iterator<? extends R>>apply(f, latest), in, offers, label);
              }
            }));
        section.drain(offers, out);
      }
    };
  }

  /** Offers one thing after another until a new value comes, and returns that; null at the end. */
  private static <T, R> @Nullable T expandOne(
      Iterator<? extends R> expanded, ReceiveChan<T> in, Chan<R> offers, Label label)
      throws Exception {
    R next = label.<R>next(expanded);
    if (next != null) {
      offers.send(next); // each value brings at least one
      next = label.<R>next(expanded);
    }
    if (next == null) {
      return Section.receiveInside(in);
    }
    var value = in.onReceive();
    var offer = offers.onSend(next);
    Select select = Select.inOrder(value, offer);
    while (Section.chooseInside(select) == offer) {
      next = label.<R>next(expanded);
      if (next == null) {
        return Section.receiveInside(in);
      }
      offer.value(next);
    }
    return value.closed() ? null : value.value();
  }
}
