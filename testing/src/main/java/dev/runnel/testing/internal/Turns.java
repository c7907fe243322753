package dev.runnel.testing.internal;

import dev.runnel.internal.goroutine.Routine;
import dev.runnel.internal.hook.Choice;
import dev.runnel.internal.hook.Op;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets the goroutines of a bubble run one at a time, in an order that a {@link Chooser} chooses.
 *
 * <p>One has the turn. Before each operation it asks who is to go on, and if that is another, hands
 * the turn over and waits for its own. It also hands it over when it goes to sleep or ends. Who is
 * woken is ready, but waits for its turn before it returns from the parker; who is started, before
 * its body. So what happens follows from the choices alone. While the driver rings an alarm it
 * holds all turns.
 *
 * <p>Methods that say so are called with the lock held.
 */
public final class Turns {
  private final StateLock lock = new StateLock();
  private final IdentityHashMap<Thread, Seat> seats = new IdentityHashMap<>();

  /** Those that can go on and do not have the turn, in the order of their numbers. */
  private final List<Seat> ready = new ArrayList<>();

  private final Chooser chooser;
  private final @Nullable Trace trace;
  private final int mostSteps;
  private @Nullable Seat current;
  private boolean held;
  private volatile boolean free;
  private volatile boolean stopped;
  private int steps;

  /** A goroutine that takes turns. */
  private static final class Seat {
    final Thread thread;
    final int number;

    /** Above 0 while it sleeps; below while it has been woken, but has not yet told it sleeps. */
    int sleeps;

    volatile boolean turn;

    Seat(Thread thread, int number) {
      this.thread = thread;
      this.number = number;
    }
  }

  /**
   * Creates the turns of one schedule.
   *
   * @param chooser who chooses
   * @param trace where to note what is done, or null
   * @param mostSteps after how many steps a schedule is too long
   */
  public Turns(Chooser chooser, @Nullable Trace trace, int mostSteps) {
    this.chooser = chooser;
    this.trace = trace;
    this.mostSteps = mostSteps;
  }

  StateLock lock() {
    return lock;
  }

  /**
   * How many steps have been made.
   *
   * @return the number
   */
  public int steps() {
    return steps;
  }

  /** Lets nobody have a turn until {@link #release}. With the lock held. */
  void hold() {
    held = true;
  }

  /** Lets turns be had again. With the lock held. */
  void release() {
    held = false;
    dispatch();
  }

  /**
   * The schedule has failed: nobody gets a turn any more, so that nothing is done after that but
   * what the one that has the turn does on its way out. Needs no lock.
   */
  void stop() {
    stopped = true;
  }

  /** Lets all run as they like, from now on. With the lock held. */
  void free() {
    free = true;
    for (Seat seat : seats.values()) {
      LockSupport.unpark(seat.thread);
    }
  }

  /** A goroutine is about to start. With the lock held. */
  void add(Routine routine) {
    Seat seat = new Seat(routine.thread(), seats.size() + 1);
    seats.put(seat.thread, seat);
    if (trace != null) {
      trace.started(routine.thread(), seat.number);
    }
    addReady(seat);
    dispatch();
  }

  /** The current goroutine has ended. With the lock held. */
  void ended() {
    current = null;
    dispatch();
  }

  /** The current goroutine goes to sleep, unless it has been woken already. With the lock held. */
  void asleep(Thread thread) {
    Seat seat = seats.get(thread);
    if (seat != null && ++seat.sleeps > 0 && seat == current) {
      current = null;
      dispatch();
    }
  }

  /** A goroutine has been woken. With the lock held. */
  void awake(Thread thread) {
    Seat seat = seats.get(thread);
    if (seat != null && --seat.sleeps == 0 && seat != current) {
      addReady(seat);
      dispatch();
    }
  }

  private void addReady(Seat seat) {
    int at = ready.size();
    while (at > 0 && ready.get(at - 1).number > seat.number) {
      at--;
    }
    ready.add(at, seat);
  }

  /** Gives the turn to somebody, if nobody has it. */
  private void dispatch() {
    if (current == null && !held && !stopped && !free && !ready.isEmpty()) {
      int[] numbers = new int[ready.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = ready.get(i).number;
      }
      give(ready.remove(chooser.next(numbers, -1)));
    }
  }

  private void give(Seat seat) {
    current = seat;
    seat.turn = true;
    LockSupport.unpark(seat.thread);
  }

  /** Waits until a thread, the current one, has its turn. */
  void await(Thread thread) {
    Seat seat;
    lock.lock();
    try {
      seat = seats.get(thread);
    } finally {
      lock.unlock();
    }
    if (seat != null) {
      await(seat);
    }
  }

  private void await(Seat seat) {
    boolean interrupted = false;
    while (!seat.turn && !free) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted(); // a set flag would let no park wait
    }
    seat.turn = false;
    if (interrupted) {
      seat.thread.interrupt();
    }
  }

  /**
   * An operation is about to be done by the current thread: others may go first.
   *
   * @return false if the schedule has become too long
   */
  boolean before(Op op, Object target, @Nullable Object value) {
    lock.lock();
    Seat self = current;
    if (free || stopped || self == null || self.thread != Thread.currentThread()) {
      lock.unlock();
      return true;
    }
    steps++;
    boolean tooLong = steps > mostSteps;
    Seat next = tooLong || ready.isEmpty() ? self : pick(self);
    if (next != self) {
      addReady(self);
      give(next);
    }
    lock.unlock();
    if (next != self) {
      await(self);
    }
    if (trace != null && !free && !stopped) {
      trace.add(self.thread, op, target, value);
    }
    return !tooLong;
  }

  /** The current thread, which has the turn, has received something. */
  void received(@Nullable Object result) {
    if (trace != null && !free && !stopped) {
      trace.received(Thread.currentThread(), result);
    }
  }

  /** A select of the current thread, which has the turn, has chosen. */
  void chosen(@Nullable Choice choice) {
    if (trace != null && !free && !stopped) {
      trace.chosen(Thread.currentThread(), choice);
    }
  }

  /** Lets another go on, if one can: the current thread waits for one to take some steps. */
  void pass() {
    lock.lock();
    Seat self = current;
    if (self == null
        || free
        || stopped
        || self.thread != Thread.currentThread()
        || ready.isEmpty()) {
      lock.unlock();
      Thread.onSpinWait();
      return;
    }
    current = null;
    dispatch();
    addReady(self);
    lock.unlock();
    await(self);
  }

  /** Chooses who goes on, and takes it out of those that are ready. */
  private Seat pick(Seat self) {
    int[] numbers = new int[ready.size() + 1];
    int place = 0;
    while (place < ready.size() && ready.get(place).number < self.number) {
      numbers[place] = ready.get(place).number;
      place++;
    }
    numbers[place] = self.number;
    for (int i = place; i < ready.size(); i++) {
      numbers[i + 1] = ready.get(i).number;
    }
    int chosen = chooser.next(numbers, place);
    return chosen == place ? self : ready.remove(chosen < place ? chosen : chosen - 1);
  }

  /** A choice that is not about turns. By who has the turn, or the driver. */
  int choose(int bound) {
    return free ? 0 : chooser.choose(bound);
  }
}
