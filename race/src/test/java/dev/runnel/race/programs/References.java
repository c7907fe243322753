package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.lang.ref.Cleaner;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.CountDownLatch;

/** References, their queues, and cleaners. */
@SuppressWarnings({"unused", "ReachabilityFenceUsage"})
final class References {
  private static final Cleaner CLEANER = Cleaner.create();

  private References() {}

  /** Looks for garbage until something has come of it. */
  private static void collect(Pair.Condition done) throws Exception {
    Pair.await(() -> {
      System.gc();
      return done.holds();
    });
  }

  /** What was done before a reference was made comes before it is found in its queue. */
  static void queue(boolean ordered) throws Exception {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    Reference<?>[] kept = new Reference<?>[1];
    Pair.pass(
        ordered,
        () -> kept[0] = new WeakReference<>(new Object(), queue),
        () -> collect(() -> queue.poll() != null));
  }

  /** A reference that comes out tells nothing of others that are in the queue or will be. */
  static void otherReference(boolean ordered) throws Exception {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    Reference<?> one = new PhantomReference<>(new Object(), ordered ? null : queue);
    Reference<?>[] two = new Reference<?>[1];
    Object kept = new Object();
    Cell cell = new Cell();
    Pair.both(
        () -> {
          cell.value = 1;
          two[0] = new WeakReference<>(ordered ? new Object() : kept, queue);
          Pair.signal();
        },
        () -> {
          Pair.awaitSignal();
          collect(() -> queue.poll() != null);
          cell.value++;
        });
    Reference.reachabilityFence(kept);
    Reference.reachabilityFence(one);
  }

  /** Nor does a queue that is empty. */
  static void emptyQueue(boolean ordered) throws Exception {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    Object kept = new Object();
    Reference<?>[] made = new Reference<?>[1];
    Cell cell = new Cell();
    Pair.both(
        () -> {
          cell.value = 1;
          made[0] = new WeakReference<>(kept, queue);
          if (ordered) {
            made[0].enqueue();
          }
          Pair.signal();
        },
        () -> {
          Pair.awaitSignal();
          Reference<?> found = queue.poll();
          cell.value++;
        });
    Reference.reachabilityFence(kept);
  }

  /** Put into the queue by the program. */
  static void enqueue(boolean ordered) throws Exception {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    Object kept = new Object();
    WeakReference<Object> made = new WeakReference<>(kept, queue);
    Pair.pass(Thread.ofVirtual(), ordered, made::enqueue, queue::remove);
    Reference.reachabilityFence(kept);
  }

  static void removeWithTimeout(boolean ordered) throws Exception {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    PhantomReference<Object> made = new PhantomReference<>(new Object(), queue);
    Pair.pass(ordered, made::enqueue, () -> Pair.await(() -> queue.remove(1000) != null));
  }

  /** What is done before a cleaner is registered comes before it cleans. */
  static void cleaner(boolean ordered) throws Exception {
    Cell cell = new Cell();
    CountDownLatch cleaned = new CountDownLatch(1);
    register(cell, ordered, cleaned);
    collect(() -> cleaned.getCount() == 0);
  }

  private static void register(Cell cell, boolean ordered, CountDownLatch cleaned) {
    if (ordered) {
      cell.value = 1;
    }
    CLEANER.register(new Object(), () -> clean(cell, cleaned));
    synchronized (cell) { // what is done before the next release counts with it
      cell.wide = 1;
    }
    if (!ordered) {
      cell.value = 1;
    }
  }

  private static void clean(Cell cell, CountDownLatch cleaned) {
    cell.value++;
    cleaned.countDown();
  }

  /** What is done before the last time that an object must be reachable. */
  static void reachabilityFence(boolean ordered) throws Exception {
    Cell cell = new Cell();
    CountDownLatch cleaned = new CountDownLatch(1);
    use(cell, ordered, cleaned);
    collect(() -> cleaned.getCount() == 0);
  }

  private static void use(Cell cell, boolean ordered, CountDownLatch cleaned) {
    Object object = new Object();
    CLEANER.register(object, () -> clean(cell, cleaned));
    if (ordered) {
      cell.value = 1;
    }
    Reference.reachabilityFence(object);
    if (!ordered) {
      cell.value = 1;
    }
  }

  /** Cleaned at once, by the one who says so. */
  static void clean(boolean ordered) throws Exception {
    Object object = new Object();
    Cell cell = new Cell();
    Cleaner.Cleanable cleanable = CLEANER.register(object, () -> cell.value++);
    if (ordered) {
      cell.value++;
      cleanable.clean();
    } else {
      Pair.both(() -> cell.value++, cleanable::clean);
    }
    Reference.reachabilityFence(object);
  }
}
