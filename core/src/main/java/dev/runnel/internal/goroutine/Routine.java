package dev.runnel.internal.goroutine;

import dev.runnel.Goroutine;
import dev.runnel.Task;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.hook.Flight;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.park.Parkable;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.Uncaught;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.park.Waiter;
import dev.runnel.internal.time.Clock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A goroutine: a virtual thread, what it runs, and what became of it.
 *
 * <p>A thread finds its goroutine through its uncaught-exception handler, which is the goroutine
 * itself. That is one field of the thread object, always there: no thread-local map (some 140 bytes
 * for each goroutine) and no scoped-value frames (about 200). Code that sets a handler of its own
 * on a goroutine's thread is heard when the goroutine fails, but the thread is then no longer seen
 * as a goroutine's.
 */
public final class Routine extends Latch
    implements Goroutine, Runnable, Parkable, Thread.UncaughtExceptionHandler {
  /** What {@link #currentWait} says of a goroutine that does not sleep. */
  static final int AWAKE = 0;

  private static final VarHandle REQUESTS;

  static {
    Registry.prepare();
    try {
      REQUESTS = MethodHandles.lookup().findVarHandle(Routine.class, "requests", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Thread thread;
  private final @Nullable Scope scope;
  private final @Nullable World world;
  private final @Nullable Group group;
  private final @Nullable Track track;
  private @Nullable Task task;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable Waiter waiting;

  /** The number of its current or last wait in the parker; written before {@code waiting}. */
  private int waits;

  /** Calls of {@link #interrupt}: those begun in the upper half, those done in the lower. */
  @SuppressWarnings("unused") // through REQUESTS
  private volatile int requests;

  private Routine(
      @Nullable String name,
      Task task,
      @Nullable ContextNode context,
      boolean interrupting,
      @Nullable World world,
      @Nullable Group group) {
    Thread.Builder.OfVirtual builder =
        Thread.ofVirtual().inheritInheritableThreadLocals(false).uncaughtExceptionHandler(this);
    if (name != null) {
      builder.name(name);
    }
    this.thread = builder.unstarted(this);
    this.task = Captured.here(task);
    this.scope = context == null ? null : new Scope(context, interrupting, thread, null);
    this.world = world;
    this.group = group;
    this.track = Registry.track(this);
  }

  /**
   * Starts a goroutine in the world of the current one, without a context.
   *
   * @param task its body
   * @return the goroutine
   */
  public static Routine start(Task task) {
    return start(null, task, null);
  }

  /**
   * Starts a goroutine without a context, in a given world.
   *
   * @param task its body
   * @param world the world, or null
   */
  public static void start(Task task, @Nullable World world) {
    var _ = new Routine(null, task, null, true, world, null).start();
  }

  /**
   * Starts a goroutine in the world of the current one.
   *
   * @param name its name, or null
   * @param task its body
   * @param context what it runs under, or null for the background
   * @return the goroutine
   */
  public static Routine start(@Nullable String name, Task task, @Nullable ContextNode context) {
    return new Routine(name, task, context, true, World.current(), null).start();
  }

  /**
   * Starts a goroutine in the world of the current one, for a group.
   *
   * @param task its body
   * @param context what it runs under, or null for the background
   * @param interrupting whether the context's end interrupts it
   * @param group who answers for it
   * @return the goroutine
   */
  public static Routine start(
      Task task, @Nullable ContextNode context, boolean interrupting, Group group) {
    return new Routine(null, task, context, interrupting, World.current(), group).start();
  }

  /**
   * Starts the main goroutine of a world.
   *
   * @param main its body
   * @param world the world
   * @param group who answers for it
   * @return the goroutine
   */
  public static Routine startMain(Task main, World world, Group group) {
    return new Routine("main", main, null, true, world, group).start();
  }

  private Routine start() {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.GO, this);
    }
    if (world != null) {
      world.starting(this);
    }
    if (group != null) {
      group.started(this);
    }
    if (track != null) {
      Registry.add(track);
    }
    Flight flight = Flight.current();
    if (flight != null) {
      flight.starts(id(), name());
    }
    if (track != null && (world == null ? Registry.startsAlone() : world.startsAlone())) {
      startAlone();
    } else {
      thread.start();
    }
    if (world != null && world.isOver()) { // looked at after joining it: its end looks after that
      interrupt();
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.GO, this);
    }
    return this;
  }

  /**
   * Starts the thread through an executor of its own, which is then dropped. What is started
   * otherwise the JDK keeps in memory until it ends, unless it is told not to before its first
   * thread pool.
   */
  @SuppressWarnings("resource") // dropped, as said
  private void startAlone() {
    Executors.newThreadPerTaskExecutor(_ -> thread).execute(this);
  }

  /**
   * The goroutine that the current thread runs.
   *
   * @return the goroutine; null if the thread is not one's
   */
  public static @Nullable Routine current() {
    return Thread.currentThread().getUncaughtExceptionHandler() instanceof Routine r ? r : null;
  }

  /**
   * The goroutine that a thread runs.
   *
   * @param thread the thread
   * @return the goroutine; null if the thread is not one's, or has ended
   */
  public static @Nullable Routine of(Thread thread) {
    return thread.getUncaughtExceptionHandler() instanceof Routine r ? r : null;
  }

  @Nullable Scope scope() {
    return scope;
  }

  /**
   * The world it lives in.
   *
   * @return the world, or null
   */
  public @Nullable World world() {
    return world;
  }

  /**
   * What is known of its origin.
   *
   * @return the track; null if goroutines were not tracked when it was started
   */
  public @Nullable Track track() {
    return track;
  }

  /**
   * What it waits for in the parker.
   *
   * @return its wait; null if it is not asleep there
   */
  public @Nullable Waiter waiting() {
    return waiting;
  }

  /** How many calls of {@link #interrupt} are done, modulo 2^16: they have set the flag. */
  int interruptsDelivered() {
    return requests & 0xFFFF;
  }

  /** Waits for the calls of {@link #interrupt} that have begun; how many are done then. */
  int awaitInterrupts() {
    int r;
    while ((r = requests) >>> 16 != (r & 0xFFFF)) {
      World.yieldToOthers();
    }
    return r & 0xFFFF;
  }

  /**
   * The thread it runs on.
   *
   * @return the thread
   */
  public Thread thread() {
    return thread;
  }

  @Override
  public void run() {
    if (world != null) {
      world.running(this);
    }
    try {
      execute();
    } finally {
      Flight flight = Flight.current();
      if (flight != null) {
        flight.ends(id(), name(), failure);
      }
      try {
        if (world != null) {
          world.done(this); // first: whoever learns that this is done must not find it there
        }
        if (track != null) {
          Registry.remove(track);
        }
        open();
      } finally {
        end();
      }
    }
  }

  private void end() {
    try {
      if (group != null) {
        group.ended(this);
      }
    } finally {
      if (world != null) {
        world.ended(this);
      }
    }
  }

  private void execute() {
    Task body = task;
    task = null; // what only the body needs is garbage as soon as the body is done with it
    if (body == null) {
      throw new IllegalStateException("a goroutine runs once");
    }
    if (scope != null) {
      scope.enter();
    }
    try {
      body.run();
    } catch (Throwable thrown) {
      fail(thrown);
    } finally {
      if (scope != null) {
        scope.leave();
      }
    }
  }

  private void fail(Throwable thrown) {
    boolean told = (scope != null && scope.contextIsEnding()) || (group != null && group.over());
    if (told && Echo.ofEndedContext(thrown)) {
      return; // it was told to stop, and stopped
    }
    failure = thrown;
    if (group != null) {
      group.failed(thrown);
      return;
    }
    if (requests != 0 && Echo.ofInterrupt(thrown)) {
      return; // likewise; but who joins it may want to know
    }
    if (world != null && world.failed(this, thrown)) {
      return;
    }
    Uncaught.report(thrown);
  }

  /** Reached when nobody set another handler on the thread: then what is set for all threads. */
  @Override
  public void uncaughtException(Thread t, Throwable thrown) {
    t.getThreadGroup().uncaughtException(t, thrown);
  }

  @Override
  public long id() {
    return thread.threadId();
  }

  @Override
  public String name() {
    String name = thread.getName();
    return name.isEmpty() ? "goroutine-" + id() : name;
  }

  @Override
  public boolean isDone() {
    return isOpen();
  }

  @Override
  public @Nullable Throwable failure() {
    return isOpen() ? failure : null;
  }

  @Override
  public void join() throws InterruptedException {
    join(Parker.FOREVER);
  }

  @Override
  public boolean join(Duration atMost) throws InterruptedException {
    return join(Clock.nanos(atMost));
  }

  private boolean join(long nanos) throws InterruptedException {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException(this + " can't join itself: it would wait for ever");
    }
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.JOIN, this);
    }
    boolean done = await(WaitReason.JOIN, null, nanos);
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.JOIN, this);
    }
    return done;
  }

  /** Waits until it is done, whatever interrupts come; they are dropped. */
  void joinWhateverComes() {
    while (!isOpen()) {
      try {
        await(WaitReason.JOIN, null, Parker.FOREVER);
      } catch (InterruptedException again) {
        interrupt(); // pass it on: the sender wants this over with
      }
    }
  }

  @Override
  public void interrupt() {
    REQUESTS.getAndAdd(this, 1 << 16); // before the interrupt, so that who sees that sees this
    try {
      thread.interrupt();
    } finally { // it may close an NIO channel, and that may throw
      int before;
      do {
        before = requests;
      } while (!REQUESTS.compareAndSet(
          this, before, (before & 0xFFFF_0000) | ((before + 1) & 0xFFFF)));
    }
    wasInterrupted();
  }

  /** Its thread's flag has been set. */
  void wasInterrupted() {
    if (world != null) {
      world.interrupted(this);
    }
  }

  @Override
  public void waitingFor(@Nullable Waiter waiter) {
    if (waiter != null) {
      waits++;
      if (track != null) {
        track.waitsFrom(System.nanoTime());
      }
    }
    waiting = waiter;
  }

  @Override
  public Clock clock() {
    return world == null ? Clock.system() : world.clock();
  }

  /**
   * The number of the wait in which it is asleep, with nobody having decided it; {@link #AWAKE} if
   * there is none. Two equal numbers say that it was asleep all the time between.
   */
  int currentWait() {
    Waiter w = waiting;
    int number = waits | 1 << 31; // never AWAKE; behind the volatile read
    return w != null && w.open() ? number : AWAKE;
  }

  /** Whether it is neither asleep in the parker, with nobody having woken it, nor done. A hint. */
  boolean runs() {
    Waiter w = waiting;
    // Looked at twice, as a wait that is over may by now be another goroutine's.
    return (w == null || !w.open() || waiting != w) && !isOpen();
  }

  @Override
  public String toString() {
    Waiter w = waiting;
    String state = isOpen() ? "done" : w == null ? "running" : w.reason().toString();
    String name = thread.getName();
    return "goroutine " + id() + (name.isEmpty() ? "" : " \"" + name + "\"") + " [" + state + "]";
  }
}
