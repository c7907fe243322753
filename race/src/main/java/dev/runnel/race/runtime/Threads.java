package dev.runnel.race.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The edges of threads: start and end, park and unpark, interrupts. */
public final class Threads {
  private Threads() {}

  static boolean isCarrier(Thread thread) {
    return thread.getClass().getName().equals("jdk.internal.misc.CarrierThread");
  }

  static ThreadInfo info(Thread thread, Shadow shadow) {
    return shadow.more instanceof Birth birth
        ? ThreadInfo.of(thread, birth.at(), birth.creator())
        : ThreadInfo.of(thread, List.of(), "");
  }

  /** Where a thread was started, until its state takes it over. */
  record Birth(List<StackTraceElement> at, String creator) {}

  /**
   * A thread is about to be started by the current one.
   *
   * @param thread it
   */
  public static void starting(Object thread) {
    ThreadState t = ThreadState.current();
    if (t.inside != 0) {
      return;
    }
    t.inside++;
    try {
      Shadow shadow = Shadows.of(thread);
      if (shadow.more == null) {
        shadow.more = new Birth(Traces.creation(), t.info.toString());
      }
      t.release(Edges.sync(t, thread, Keys.START));
    } finally {
      t.inside--;
    }
  }

  /**
   * A thread's end may have been seen.
   *
   * @param thread it
   */
  public static void joined(Object thread) {
    ThreadState t = ThreadState.current();
    if (t.inside != 0) {
      return;
    }
    t.inside++;
    try {
      if (((Thread) thread).getState() == Thread.State.TERMINATED) {
        Shadow shadow = Shadows.find(thread);
        ThreadState other = shadow == null ? null : shadow.thread();
        if (other != null) {
          t.acquire(other.snapshot());
        } else if (shadow != null) { // it has done nothing, and knows what its starter knew
          t.acquire(Edges.sync(t, thread, Keys.START));
        }
      }
    } finally {
      t.inside--;
    }
  }

  /**
   * A thread is given a name.
   *
   * @param thread it
   * @param name its name, or null, which is refused afterwards
   */
  public static void renaming(Object thread, @Nullable Object name) {
    Shadow shadow = Shadows.find(thread);
    ThreadState state = shadow == null ? null : shadow.thread();
    if (state != null && name != null) {
      state.info.rename((String) name);
    }
  }

  /**
   * A thread has done its last. May be called on another.
   *
   * @param thread it
   */
  public static void ended(Object thread) {
    Shadow shadow = Shadows.find(thread);
    ThreadState state = shadow == null ? null : shadow.thread();
    if (state != null) {
      if (state.inside == 0 && thread == Thread.currentThread() && !((Thread) thread).isDaemon()) {
        Edges.release(state, Thread.class, Keys.EXIT);
      }
      state.end();
    }
  }

  /** The JVM ends, as all threads have ended that it waits for. Called on a thread of its own. */
  public static void allEnded() {
    ThreadState t = ThreadState.current();
    if (t.inside == 0) {
      Edges.acquire(t, Thread.class, Keys.EXIT);
    }
  }

  /**
   * A thread is about to be given a handler for what it throws.
   *
   * @param thread it
   */
  public static void handled(Object thread) {
    ThreadState t = ThreadState.current();
    if (t.inside == 0) {
      Edges.release(t, thread, Keys.HANDLER);
    }
  }

  /** All threads are about to be given one. */
  public static void allHandled() {
    handled(Thread.class);
  }

  /**
   * A thread is about to hand what it throws to its handler.
   *
   * @param thread the current one
   */
  public static void throwing(Object thread) {
    ThreadState t = ThreadState.current();
    if (t.inside == 0) {
      Edges.acquire(t, thread, Keys.HANDLER);
    }
  }

  /**
   * A thread's handler has been looked at; perhaps by us, to tell what kind of thread it is, when
   * its state is being made.
   *
   * @param thread whose
   */
  public static void handlerSeen(Object thread) {
    Shadow mine = Shadows.find(Thread.currentThread());
    if (mine != null && mine.thread() != null) {
      throwing(thread);
    }
  }

  /** The handler of all has been looked at. */
  public static void handlerOfAllSeen() {
    throwing(Thread.class);
  }

  /**
   * A thread that has ended is taken from those that others wait for. Called on a carrier.
   *
   * @param flock where they wait
   * @param thread the thread
   */
  public static void left(Object flock, Object thread) {
    Shadow shadow = Shadows.find(thread);
    ThreadState state = shadow == null ? null : shadow.thread();
    if (state != null) {
      Snapshot last = state.snapshot();
      Edges.sync(flock, Keys.EXIT).add(state, last);
    }
  }

  /**
   * All threads of a flock may have left.
   *
   * @param flock it
   */
  public static void awaited(Object flock) {
    ThreadState t = ThreadState.current();
    if (t.inside == 0) {
      Edges.acquire(t, flock, Keys.EXIT);
    }
  }

  /**
   * A thread is about to be unparked.
   *
   * @param thread it, or null
   */
  public static void unparking(@Nullable Object thread) {
    ThreadState t = ThreadState.current();
    if (t.inside == 0 && thread != null) {
      Edges.release(t, thread, Keys.PARK);
    }
  }

  /** The current thread may have been unparked. */
  public static void parked() {
    ThreadState t = ThreadState.current();
    if (t.inside == 0) {
      Edges.acquire(t, Thread.currentThread(), Keys.PARK);
    }
  }

  /**
   * A thread is about to be interrupted.
   *
   * @param thread it
   */
  public static void interrupting(Object thread) {
    ThreadState t = ThreadState.current();
    if (t.inside == 0) {
      Edges.release(t, thread, Keys.INTERRUPT);
    }
  }

  /**
   * A thread's interrupt flag has been looked at.
   *
   * @param thread whose
   */
  public static void interruptSeen(Object thread) {
    ThreadState t = ThreadState.current();
    if (t.inside == 0) {
      Edges.acquire(t, thread, Keys.INTERRUPT);
    }
  }

  /** The current thread may have noticed that it was interrupted. */
  public static void interruptSeen() {
    interruptSeen(Thread.currentThread());
  }
}
