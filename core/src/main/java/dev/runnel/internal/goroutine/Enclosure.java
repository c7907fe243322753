package dev.runnel.internal.goroutine;

import dev.runnel.Task;
import dev.runnel.internal.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A world in real time that finds out who is left when its main goroutine has returned: where leak
 * checks look. In another world it is part of that, as to the clock.
 */
public final class Enclosure extends World {
  /** How often to look whether those that are left sleep for ever. */
  private static final long LOOK_NANOS = 5_000_000;

  /** One leaked goroutine may keep another, and one collection may miss what is young. */
  private static final int MOST_COLLECTIONS = 5;

  private final CountingClock clock = new CountingClock();
  private final Thread caller = Thread.currentThread();
  private volatile @Nullable Throwable failure;
  private volatile boolean mainDone;
  private volatile boolean over;
  private List<Track> suspects = List.of();

  /** Creates it empty, for the current thread to run and to wait for. */
  public Enclosure() {}

  /** Answers for the main goroutine. */
  private final class Main implements Group {
    @Override
    public void started(Routine routine) {}

    @Override
    public boolean over() {
      return false;
    }

    @Override
    public void failed(Throwable thrown) {
      failure = thrown;
    }

    @Override
    public void ended(Routine routine) {
      mainDone = true;
    }
  }

  /**
   * Runs a task on a goroutine, and waits for it.
   *
   * @param main the task
   * @return what it threw, or null
   * @throws InterruptedException if the current thread is interrupted; the task has then been
   *     interrupted too
   */
  public @Nullable Throwable run(Task main) throws InterruptedException {
    Registry.open(this);
    Routine routine = Routine.startMain(main, this, new Main());
    while (!mainDone) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        routine.interrupt();
        throw new InterruptedException();
      }
    }
    return failure;
  }

  /**
   * Waits until all have ended, or it is clear that they will not.
   *
   * @param graceNanos how long to wait for those that may yet end
   * @return true if all have ended
   */
  public boolean awaitAll(long graceNanos) {
    long start = System.nanoTime();
    while (!live().isEmpty()
        && System.nanoTime() - start < graceNanos
        && !DeadlockWatch.asleepForEver(this, clock::pending)) {
      LockSupport.parkNanos(this, LOOK_NANOS);
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return live().isEmpty();
  }

  /**
   * Finds out which of those that are left the garbage collector proves to be leaked: nobody can
   * reach them, nor what they wait for. They must have been tracked, and the caller must not keep
   * any of them; nor does this any more.
   *
   * @return their numbers
   */
  public Set<Long> provenLeaked() {
    suspects = suspects();
    live().forEach(this::forget);
    Set<Long> proven = new HashSet<>();
    int before = -1;
    for (int i = 0; i < MOST_COLLECTIONS && (i == 0 || proven.size() > before); i++) {
      before = proven.size();
      System.gc(); // the only witness there is
      for (Track suspect : suspects) {
        if (suspect.refersTo(null) && proven.add(suspect.id())) {
          Registry.remove(suspect);
        }
      }
    }
    return proven;
  }

  /** Those that are left; in a method of its own, so that no frame holds one of them. */
  private List<Track> suspects() {
    List<Track> tracks = new ArrayList<>();
    for (Routine routine : liveInOrder()) {
      Track track = routine.track();
      if (track != null) {
        tracks.add(track);
      }
    }
    return tracks;
  }

  /** Interrupts those that are left. */
  public void close() {
    over = true;
    Registry.close(this);
    live().forEach(Routine::interrupt);
    for (Track suspect : suspects) {
      Routine routine = suspect.get();
      if (routine != null) {
        routine.interrupt();
      }
    }
  }

  /** So that the garbage collector can take one that nobody can wake. */
  @Override
  protected boolean startsAlone() {
    return true;
  }

  @Override
  protected void ended(Routine routine) {
    LockSupport.unpark(caller);
  }

  @Override
  protected boolean isOver() {
    return over;
  }

  @Override
  protected Clock clock() {
    return clock;
  }
}
