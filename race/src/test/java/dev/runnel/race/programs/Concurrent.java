package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.IntStream;

/** The JDK's own synchronisation, which is seen through to what it is made of. */
@SuppressWarnings({
  "LockNotBeforeTry",
  "unused",
  "ThreadPriorityCheck",
  "FutureReturnValueIgnored",
  "WaitNotInLoop"
})
final class Concurrent {
  private static final VarHandle FLAG;
  private static final AtomicIntegerFieldUpdater<Concurrent> UPDATER =
      AtomicIntegerFieldUpdater.newUpdater(Concurrent.class, "updated");

  static {
    try {
      FLAG = MethodHandles.lookup().findVarHandle(Concurrent.class, "flag", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private int flag;
  private volatile int updated;

  private Concurrent() {}

  private static void increment(Cell cell) {
    cell.value++;
    Pair.signal();
  }

  private static void await(Language.Condition condition) {
    while (!condition.holds()) {
      Thread.yield();
    }
  }

  static void atomicInteger(boolean ordered) throws Exception {
    AtomicInteger n = new AtomicInteger();
    Pair.pass(ordered, n::incrementAndGet, () -> await(() -> n.get() == 1));
  }

  static void atomicArray(boolean ordered) throws Exception {
    AtomicReferenceArray<String> a = new AtomicReferenceArray<>(4);
    Pair.pass(ordered, () -> a.lazySet(2, "x"), () -> await(() -> a.getAcquire(2) != null));
  }

  static void fieldUpdater(boolean ordered) throws Exception {
    Concurrent shared = new Concurrent();
    Pair.pass(
        ordered, () -> UPDATER.compareAndSet(shared, 0, 1), () -> await(() -> shared.updated == 1));
  }

  static void varHandle(boolean ordered) throws Exception {
    Concurrent shared = new Concurrent();
    Pair.pass(
        ordered,
        () -> FLAG.setRelease(shared, 1),
        () -> await(() -> (int) FLAG.getAcquire(shared) == 1));
  }

  /** Opaque accesses order nothing. */
  static void opaqueVarHandle(boolean ordered) throws Exception {
    Concurrent shared = new Concurrent();
    Cell cell = new Cell();
    Pair.both(
        () -> {
          cell.value = 1;
          if (ordered) {
            FLAG.setVolatile(shared, 1);
          } else {
            FLAG.setOpaque(shared, 1);
          }
        },
        () -> {
          if (ordered) {
            await(() -> (int) FLAG.getVolatile(shared) == 1);
          } else {
            await(() -> (int) FLAG.getOpaque(shared) == 1);
          }
          cell.value++;
        });
  }

  static void reentrantLock(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ReentrantLock lock = new ReentrantLock();
    ReentrantLock other = ordered ? lock : new ReentrantLock();
    Pair.both(() -> locked(lock, cell), () -> locked(other, cell));
  }

  private static void locked(ReentrantLock lock, Cell cell) {
    lock.lock();
    try {
      cell.value++;
    } finally {
      lock.unlock();
    }
  }

  static void readWriteLock(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    Pair.both(
        () -> {
          lock.writeLock().lock();
          cell.value++;
          lock.writeLock().unlock();
        },
        () -> {
          var mine = ordered ? lock.readLock() : new ReentrantReadWriteLock().readLock();
          mine.lock();
          int seen = cell.value;
          mine.unlock();
        });
  }

  static void stampedLock(boolean ordered) throws Exception {
    Cell cell = new Cell();
    StampedLock lock = new StampedLock();
    Pair.both(
        () -> {
          long stamp = lock.writeLock();
          cell.value++;
          lock.unlockWrite(stamp);
        },
        () -> {
          long stamp = ordered ? lock.tryOptimisticRead() : 0;
          int seen = cell.value;
          if (ordered && !lock.validate(stamp)) {
            stamp = lock.readLock();
            seen = cell.value;
            lock.unlockRead(stamp);
          }
        });
  }

  static void condition(boolean ordered) throws Exception {
    ReentrantLock lock = new ReentrantLock();
    Condition changed = lock.newCondition();
    Concurrent state = new Concurrent();
    Pair.pass(
        ordered,
        () -> {
          lock.lock();
          state.flag = 1;
          changed.signalAll();
          lock.unlock();
        },
        () -> {
          lock.lock();
          while (state.flag == 0) {
            changed.await();
          }
          lock.unlock();
        });
  }

  static void countDownLatch(boolean ordered) throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    Pair.pass(ordered, latch::countDown, latch::await);
  }

  static void semaphore(boolean ordered) throws Exception {
    Semaphore semaphore = new Semaphore(0);
    Pair.pass(ordered, semaphore::release, semaphore::acquire);
  }

  static void cyclicBarrier(boolean ordered) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(2);
    Pair.pass(ordered, barrier::await, barrier::await);
  }

  static void phaser(boolean ordered) throws Exception {
    Phaser phaser = new Phaser(2);
    Pair.pass(ordered, phaser::arriveAndAwaitAdvance, phaser::arriveAndAwaitAdvance);
  }

  static void exchanger(boolean ordered) throws Exception {
    Exchanger<String> exchanger = new Exchanger<>();
    Pair.pass(ordered, () -> exchanger.exchange("a"), () -> exchanger.exchange("b"));
  }

  static void blockingQueue(boolean ordered) throws Exception {
    ArrayBlockingQueue<String> queue = new ArrayBlockingQueue<>(1);
    Pair.pass(ordered, () -> queue.put("a"), queue::take);
  }

  static void synchronousQueue(boolean ordered) throws Exception {
    SynchronousQueue<String> queue = new SynchronousQueue<>();
    Pair.pass(Thread.ofVirtual(), ordered, () -> queue.put("a"), queue::take);
  }

  static void concurrentMap(boolean ordered) throws Exception {
    ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
    Pair.pass(ordered, () -> map.put("k", "v"), () -> await(() -> map.get("k") != null));
  }

  static void skipListMap(boolean ordered) throws Exception {
    ConcurrentSkipListMap<String, String> map = new ConcurrentSkipListMap<>();
    map.put("a", "b");
    Pair.pass(ordered, () -> map.put("k", "v"), () -> await(() -> map.get("k") != null));
  }

  static void executor(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ExecutorService executor = Executors.newFixedThreadPool(2);
    cell.value = 1;
    Future<?> future = executor.submit(() -> increment(cell));
    if (ordered) {
      future.get();
    } else {
      Pair.awaitSignal();
    }
    cell.value++;
    executor.shutdown();
    executor.awaitTermination(10, TimeUnit.SECONDS);
  }

  static void executorOfVirtualThreads(boolean ordered) throws Exception {
    Cell cell = new Cell();
    cell.value = 1;
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      executor.submit(() -> increment(cell));
      if (!ordered) {
        Pair.awaitSignal();
        cell.value++;
      }
    }
    cell.value++;
  }

  static void completableFuture(boolean ordered) throws Exception {
    Cell cell = new Cell();
    CompletableFuture<Void> chain =
        CompletableFuture.runAsync(() -> cell.value++).thenRunAsync(() -> increment(cell));
    if (ordered) {
      chain.get();
    } else {
      Pair.awaitSignal();
    }
    cell.value++;
    chain.get();
  }

  static void forkJoin(boolean ordered) throws Exception {
    Cell cell = new Cell();
    var task = ForkJoinPool.commonPool().submit(() -> increment(cell));
    if (ordered) {
      task.join();
    } else {
      Pair.awaitSignal();
    }
    cell.value++;
    task.join();
  }

  static void parallelStream(boolean ordered) throws Exception {
    int[] counts = new int[2000];
    IntStream.range(0, counts.length).parallel().forEach(i -> count(counts, i, ordered));
    counts[7]++;
  }

  private static void count(int[] counts, int i, boolean ordered) {
    counts[ordered ? i : 7]++;
    if (i % 50 == 0) { // so that others take part
      LockSupport.parkNanos(1_000_000);
    }
  }

  static void timer(boolean ordered) throws Exception {
    Cell cell = new Cell();
    CountDownLatch ran = new CountDownLatch(1);
    Timer timer = new Timer(true);
    cell.value = 1;
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            increment(cell);
            ran.countDown();
          }
        },
        1);
    if (!ordered) {
      Pair.awaitSignal();
      cell.value++;
    }
    ran.await();
    cell.value++;
  }
}
