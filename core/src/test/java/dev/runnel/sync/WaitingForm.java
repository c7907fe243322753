package dev.runnel.sync;

import dev.runnel.Context;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Every operation of sync that may wait, in a scene where it can be kept waiting and let go on:
 * what holds for one should hold for all.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lambdas hold nothing
enum WaitingForm {
  MUTEX("mutex lock", MutexScene::new),
  RW_MUTEX_BEHIND_A_WRITER("rwmutex lock", WriterScene::new),
  RW_MUTEX_BEHIND_A_READER("rwmutex lock", BehindReaderScene::new),
  RW_MUTEX_READ("rwmutex read lock", ReaderScene::new),
  SEMAPHORE("semaphore acquire", SemaphoreScene::new),
  WAIT_GROUP("wait group", WaitGroupScene::new),
  COND("cond wait", CondScene::new),
  ONCE("once", OnceScene::new),
  ONCE_VALUE("once", OnceValueScene::new),
  SINGLE_FLIGHT("single flight", SingleFlightScene::new);

  private final String reason;
  private final Supplier<Scene> scenes;

  WaitingForm(String reason, Supplier<Scene> scenes) {
    this.reason = reason;
    this.scenes = scenes;
  }

  /** What a dump says of a goroutine that waits so. */
  String reason() {
    return reason;
  }

  Scene scene() {
    return scenes.get();
  }

  /** Whether it would not wait once the scene is let go, and so shows what wins on entry. */
  boolean canBeReady() {
    return this != COND;
  }

  /** Whether it asks for an interrupt or a context even if it is ready. */
  boolean checksOnEntry() {
    return canBeReady() && this != ONCE && this != ONCE_VALUE;
  }

  /** A scene for one operation. */
  interface Scene {
    /** What the operation waits for, as a thread dump shows it. */
    Object blocker();

    /** Sees to it that the operation will wait. */
    void block() throws Exception;

    /** Lets those go on who wait, and lets the operation be ready. */
    void letGo() throws Exception;

    /** The operation, and what gives back what it took. */
    void perform(@Nullable Context ctx) throws Exception;
  }

  /** A lock behind its holder. */
  private static final class MutexScene implements Scene {
    private final Mutex mutex = new Mutex();

    @Override
    public Object blocker() {
      return mutex;
    }

    @Override
    public void block() throws InterruptedException {
      mutex.lock();
    }

    @Override
    public void letGo() {
      mutex.unlock();
    }

    @Override
    public void perform(@Nullable Context ctx) throws InterruptedException {
      if (ctx == null) {
        mutex.lock();
      } else {
        mutex.lock(ctx);
      }
      mutex.unlock();
    }
  }

  /** A writer behind another. */
  private static class WriterScene implements Scene {
    final RWMutex mutex = new RWMutex();

    @Override
    public Object blocker() {
      return mutex;
    }

    @Override
    public void block() throws InterruptedException {
      mutex.lock();
    }

    @Override
    public void letGo() {
      mutex.unlock();
    }

    @Override
    public void perform(@Nullable Context ctx) throws InterruptedException {
      if (ctx == null) {
        mutex.lock();
      } else {
        mutex.lock(ctx);
      }
      mutex.unlock();
    }
  }

  /** A writer behind a reader. */
  private static final class BehindReaderScene extends WriterScene {
    @Override
    public void block() throws InterruptedException {
      mutex.readLock();
    }

    @Override
    public void letGo() {
      mutex.readUnlock();
    }
  }

  /** A reader behind a writer. */
  private static final class ReaderScene extends WriterScene {
    @Override
    public void perform(@Nullable Context ctx) throws InterruptedException {
      if (ctx == null) {
        mutex.readLock();
      } else {
        mutex.readLock(ctx);
      }
      mutex.readUnlock();
    }
  }

  /** A permit that another holds. */
  private static final class SemaphoreScene implements Scene {
    private final Semaphore semaphore = Semaphore.of(1);

    @Override
    public Object blocker() {
      return semaphore;
    }

    @Override
    public void block() throws InterruptedException {
      semaphore.acquire();
    }

    @Override
    public void letGo() {
      semaphore.release();
    }

    @Override
    public void perform(@Nullable Context ctx) throws InterruptedException {
      if (ctx == null) {
        semaphore.acquire();
      } else {
        semaphore.acquire(ctx);
      }
      semaphore.release();
    }
  }

  /** A group in which something is to be done. */
  private static final class WaitGroupScene implements Scene {
    private final WaitGroup group = new WaitGroup();

    @Override
    public Object blocker() {
      return group;
    }

    @Override
    public void block() {
      group.add(1);
    }

    @Override
    public void letGo() {
      group.done();
    }

    @Override
    public void perform(@Nullable Context ctx) throws InterruptedException {
      if (ctx == null) {
        group.await();
      } else {
        group.await(ctx);
      }
    }
  }

  /** A condition that somebody will signal. */
  private static final class CondScene implements Scene {
    private final Mutex mutex = new Mutex();
    private final Cond cond = Cond.of(mutex);

    @Override
    public Object blocker() {
      return cond;
    }

    @Override
    public void block() {}

    @Override
    public void letGo() {
      cond.broadcast();
    }

    @Override
    public void perform(@Nullable Context ctx) throws InterruptedException {
      mutex.lockWhateverComes();
      try {
        if (ctx == null) {
          cond.await();
        } else {
          cond.await(ctx);
        }
      } finally {
        mutex.unlock(); // fails if the mutex is not held, however the wait ended
      }
    }
  }

  /** Something that runs while others ask for it. */
  private abstract static class RunningScene implements Scene {
    private final WaitGroup entered = new WaitGroup();
    private final WaitGroup may = new WaitGroup();
    private @Nullable Goroutine runner;

    abstract void run(@Nullable Context ctx) throws Exception;

    /** What runs: the first time until it is let go. */
    final void body() throws InterruptedException {
      entered.done();
      may.await();
    }

    @Override
    public void block() throws InterruptedException {
      entered.add(1);
      may.add(1);
      runner = Go.go(() -> run(null));
      entered.await();
      entered.add(1_000_000); // for those who run it again
    }

    @Override
    public void letGo() throws InterruptedException {
      may.done();
      if (runner != null) {
        runner.join();
      }
    }

    @Override
    public void perform(@Nullable Context ctx) throws Exception {
      run(ctx);
    }
  }

  /** A once that runs. */
  private static final class OnceScene extends RunningScene {
    private final Once once = new Once();

    @Override
    public Object blocker() {
      return once;
    }

    @Override
    void run(@Nullable Context ctx) throws Exception {
      if (ctx == null) {
        once.run(this::body);
      } else {
        once.run(ctx, this::body);
      }
    }
  }

  /** A value that is being made. */
  private static final class OnceValueScene extends RunningScene {
    private final OnceValue<Integer> value =
        OnceValue.of(() -> {
          body();
          return 1;
        });

    @Override
    public Object blocker() {
      return value;
    }

    @Override
    void run(@Nullable Context ctx) throws Exception {
      int got = ctx == null ? value.get() : value.get(ctx);
      if (got != 1) {
        throw new AssertionError("another value: " + got);
      }
    }
  }

  /** A follower. */
  private static final class SingleFlightScene extends RunningScene {
    private final SingleFlight<String, Integer> flights = new SingleFlight<>();

    @Override
    public Object blocker() {
      return flights;
    }

    @Override
    void run(@Nullable Context ctx) throws Exception {
      int got = ctx == null ? flights.run("key", this::work) : flights.run("key", this::work, ctx);
      if (got != 1) {
        throw new AssertionError("another value: " + got);
      }
    }

    private int work() throws InterruptedException {
      body();
      return 1;
    }
  }
}
