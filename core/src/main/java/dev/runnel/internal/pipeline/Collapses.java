package dev.runnel.internal.pipeline;

import dev.runnel.Chan;
import dev.runnel.ReceiveChan;
import dev.runnel.Select;
import dev.runnel.pipeline.Combine;
import dev.runnel.pipeline.Condition;
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

  /** Gathers values while downstream is busy, until there is enough. */
  public static <T, A> Stage<A> gather(
      Stage<T> up,
      Label label,
      Transform<? super T, ? extends A> seed,
      Combine<? super A, ? super T, ? extends A> add,
      Condition<? super A> enough) {
    return out -> {
      Chan<T> in = Chan.unbuffered();
      Chan<A> offers = Chan.unbuffered();
      try (Section section = Section.open()) {
        section.feed(up, in);
        section.go(() ->
            offers.closeAfter(() -> {
              for (A gathered; (gathered = begin(in, label, seed)) != null; ) {
                if (!offerWhileAdding(gathered, in, offers, label, add, enough)) {
                  return;
                }
              }
            }));
        section.drain(offers, out);
      }
    };
  }

  private static <T, A> @Nullable A begin(
      ReceiveChan<T> in, Label label, Transform<? super T, ? extends A> seed) throws Exception {
    T first = Section.receiveInside(in);
    return first == null ? null : label.<T, A>apply(seed, first);
  }

  /** Offers what is gathered until it is taken; whether there may be more values. */
  private static <T, A> boolean offerWhileAdding(
      A gathered,
      ReceiveChan<T> in,
      Chan<A> offers,
      Label label,
      Combine<? super A, ? super T, ? extends A> add,
      Condition<? super A> enough)
      throws Exception {
    var value = in.onReceive();
    var offer = offers.onSend(gathered);
    Select select = Select.inOrder(offer, value);
    A offered = gathered;
    while (!label.test(enough, offered)) {
      if (Section.chooseInside(select) == offer) {
        return true;
      }
      if (value.closed()) {
        offers.send(offered);
        return false;
      }
      offered = label.<A, T, A>combine(add, offered, value.value());
      offer.value(offered);
    }
    offers.send(offered);
    return true;
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
