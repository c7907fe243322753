package dev.runnel.internal.pipeline;

import dev.runnel.Chan;
import dev.runnel.ChannelFailedException;
import dev.runnel.internal.hook.Hooks;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded buffer between the one goroutine that runs what is upstream and the one that runs what
 * is downstream. With one at each end it needs no lock, which a channel's other customers (selects,
 * several senders and receivers in order of their coming) do.
 *
 * <p>A slot is free when it is null. The sender fills slots and the receiver frees them, each in
 * turn and each with a place of its own that the other never looks at. So as many values wait as
 * there are slots, never more.
 *
 * <p><b>Waiting.</b> Who finds no value, or no room, says so in a flag, looks once more, and only
 * then waits at its bell. The other changes a slot first and looks at the flag then. Flag and slot
 * are written and read in one order that all see (volatile), so at least one of the two notices the
 * other: a value is never left lying beside a receiver that sleeps, nor room beside a sender. A
 * bell is a channel with room for one stroke; a stroke too many only makes its owner look again.
 * While one that was rung for is on its way, the other goes on, with no flag to see: hence batches
 * come of themselves, as large as what is ready, and no value waits for others. Room may wait: the
 * receiver looks at the sender's flag only each time it has come a quarter of the way round, since
 * waking the sender for each slot costs more than a value does. When the sender waits, all slots
 * are full, so the receiver gets there without it.
 *
 * <p>Before they wait so, both yield a few times. Mostly the other has then filled or emptied all
 * there is, for less than a park and a wake-up.
 *
 * <p><b>The end.</b> The bell for values closes, or fails, when upstream has ended. What is in the
 * slots by then comes first.
 *
 * @param <T> the type of the values
 */
final class SpscBuffer<T> {
  /** More room than this is a channel's, which makes it only when it is needed. */
  private static final int MOST = 1 << 10;

  private static final int YIELDS = 3;

  private final AtomicReferenceArray<@Nullable T> slots;
  private final int quarter;
  private final Chan<Boolean> filled = Chan.buffered(1);
  private final Chan<Boolean> freed = Chan.buffered(1);
  private volatile boolean receiverWaits;
  private volatile boolean senderWaits;

  /** Room for so many values. */
  SpscBuffer(int capacity) {
    slots = new AtomicReferenceArray<>(capacity);
    quarter = Math.max(1, capacity / 4);
  }

  /**
   * Whether a buffer of this capacity can be one of these. A tool that watches operations is to see
   * every value go through a channel.
   */
  static boolean suits(int capacity) {
    return 0 < capacity && capacity <= MOST && Hooks.OP == null;
  }

  /** Starts the goroutine of the sender in a section. */
  void feed(Stage<T> up, Section section) throws Exception {
    section.go(() -> filled.closeAfter(() -> up.run(new Sender())));
  }

  private int after(int place) {
    return place + 1 == slots.length() ? 0 : place + 1;
  }

  /** Lets the other go on for a while, if that may be enough; whether it did its part. */
  @SuppressWarnings("ThreadPriorityCheck") // a hint: who is not helped by it waits
  private boolean yieldWhile(boolean empty, int place) {
    for (int i = 0; i < YIELDS; i++) {
      Thread.yield();
      if ((slots.getAcquire(place) == null) != empty) {
        return true;
      }
    }
    return false;
  }

  private static void stopIfInterrupted(Thread self) throws InterruptedException {
    if (self.isInterrupted()) {
      Thread.interrupted(); // taken, since it is passed on
      throw new InterruptedException();
    }
  }

  /** The sender's end, for one thread. */
  private final class Sender implements Outlet<T> {
    private final Thread self = Thread.currentThread();
    private int place;

    @Override
    public boolean put(T value) throws InterruptedException {
      stopIfInterrupted(self);
      if (slots.getAcquire(place) != null) {
        awaitRoom();
      }
      slots.set(place, value);
      place = after(place);
      if (receiverWaits) {
        receiverWaits = false;
        var _ = filled.trySend(true);
      }
      return true;
    }

    private void awaitRoom() throws InterruptedException {
      if (yieldWhile(false, place)) {
        return;
      }
      senderWaits = true;
      while (slots.get(place) != null) {
        var _ = freed.receive();
        senderWaits = true;
      }
      senderWaits = false;
    }
  }

  /** Passes on what comes, on the section's thread, until the end or until no more is wanted. */
  void drain(Section section, Outlet<? super T> out) throws Exception {
    Thread self = Thread.currentThread();
    int place = 0;
    T value;
    do {
      stopIfInterrupted(self);
      value = slots.getAcquire(place);
      if (value == null) {
        value = await(place, section);
        if (value == null) {
          return;
        }
      }
      if (place % quarter == 0) {
        slots.set(place, null);
        if (senderWaits) {
          senderWaits = false;
          var _ = freed.trySend(true);
        }
      } else {
        slots.setRelease(place, null);
      }
      place = after(place);
    } while (out.put(value));
  }

  /** Waits for the value in a slot; null if none will come. */
  private @Nullable T await(int place, Section section) throws Exception {
    T value;
    if (yieldWhile(true, place)) {
      return slots.getAcquire(place);
    }
    Exception failure = null;
    boolean ended = false;
    receiverWaits = true;
    while ((value = slots.get(place)) == null && !ended) { // once more after the end
      try {
        ended = filled.receive() == null;
      } catch (ChannelFailedException e) {
        ended = true;
        failure = e;
      }
      receiverWaits = true;
    }
    receiverWaits = false;
    if (value == null && failure != null) {
      throw section.failure(failure);
    }
    return value;
  }
}
