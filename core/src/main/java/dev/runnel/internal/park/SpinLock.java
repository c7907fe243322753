package dev.runnel.internal.park;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A lock for critical sections of a few dozen instructions: not fair, not reentrant, four bytes.
 *
 * <p>Nothing under it blocks, calls foreign code or throws, so a holder is only ever late because
 * the operating system took its processor away. A contender therefore pauses, then yields (which
 * runs other goroutines, perhaps the holder), and at last takes naps, ever longer, which leaves the
 * processors to the holder however many contend.
 *
 * <p>Each look at a held lock takes its cache line from the holder, which costs both more than a
 * whole section does. So a contender looks seldom: after a pause of about a microsecond, in which
 * whoever has the line does dozens of sections with it. Two goroutines that stream through one
 * channel then take turns in bursts, several times faster than if they fought for each section.
 *
 * <p>Who holds one lock and wants another takes it by {@link #tryLock}, which never leaves the
 * processor. A virtual thread that yielded with a lock held would keep it for as long as the others
 * keep the carriers busy, and stop even those who only try.
 *
 * <p>It is meant to be inherited by the object it protects, to save that object's memory. {@code
 * ReentrantLock} would cost 48 bytes more for each channel and park its contenders, which takes
 * longer than any section under this lock.
 *
 * <p><b>Memory ordering.</b> {@code lock} is a volatile compare-and-set, {@code unlock} a release
 * store: everything done under the lock happens-before the next section under it.
 */
public abstract class SpinLock {
  private static final VarHandle LOCKED;

  static {
    try {
      LOCKED = MethodHandles.lookup().findVarHandle(SpinLock.class, "locked", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final boolean ALONE = Runtime.getRuntime().availableProcessors() == 1;

  /** How often a contender pauses, and for how many spin-wait hints each time: about 1 µs. */
  private static final int PAUSES = ALONE ? 0 : 8;

  private static final int PAUSE = 50;

  /**
   * How often one that holds another lock looks, with a hint between: it must not keep that long.
   */
  private static final int LOOKS = ALONE ? 0 : 100;

  private static final int YIELDS = 10;
  private static final long SHORTEST_NAP_NANOS = 10_000;
  private static final long LONGEST_NAP_NANOS = 500_000;

  @SuppressWarnings("unused") // through LOCKED
  private int locked;

  /** Creates it unlocked. */
  protected SpinLock() {}

  /** Takes the lock. */
  public final void lock() {
    if (!LOCKED.compareAndSet(this, 0, 1)) {
      contend();
    }
  }

  /**
   * Takes the lock if it is free or becomes free soon. Spins, but neither yields nor parks.
   *
   * @return false if others hold it for longer
   */
  public final boolean tryLock() {
    for (int i = 0; !acquire(); i++) {
      if (i >= LOOKS) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }

  private boolean acquire() {
    return (int) LOCKED.getOpaque(this) == 0 && LOCKED.compareAndSet(this, 0, 1);
  }

  /** Gives the lock back. Only its holder may. */
  public final void unlock() {
    LOCKED.setRelease(this, 0);
  }

  @SuppressWarnings("ThreadPriorityCheck") // yields are a speed-up; the naps give progress
  private void contend() {
    boolean interrupted = false;
    long nap = SHORTEST_NAP_NANOS;
    for (int i = 0; !acquire(); i++) {
      if (i < PAUSES) {
        pause();
      } else if (i < PAUSES + YIELDS) {
        Thread.yield();
      } else {
        // A nap ends at once while the flag is set, and all who wait would then only keep the
        // processors from the holder. So take the flag down, and put it up again at the end.
        interrupted |= Thread.interrupted();
        LockSupport.parkNanos(nap);
        nap = Math.min(2 * nap, LONGEST_NAP_NANOS);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause() {
    for (int i = 0; i < PAUSE; i++) {
      Thread.onSpinWait();
    }
  }
}
