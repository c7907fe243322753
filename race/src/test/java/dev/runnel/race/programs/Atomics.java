package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicMarkableReference;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.atomic.AtomicStampedReference;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** {@code java.util.concurrent.atomic}, and the access modes that it has in common with handles. */
@SuppressWarnings("unused")
final class Atomics {
  private static final AtomicIntegerFieldUpdater<Atomics> NUMBER =
      AtomicIntegerFieldUpdater.newUpdater(Atomics.class, "number");
  private static final AtomicLongFieldUpdater<Atomics> WIDE =
      AtomicLongFieldUpdater.newUpdater(Atomics.class, "wide");
  private static final AtomicReferenceFieldUpdater<Atomics, String> TEXT =
      AtomicReferenceFieldUpdater.newUpdater(Atomics.class, String.class, "text");

  private volatile int number;
  private volatile long wide;
  private volatile String text = "";

  private Atomics() {}

  /**
   * The two do something with one variable; in the racing program something that orders nothing.
   */
  private static void pass(
      boolean ordered,
      Pair.Step strong,
      Pair.Step weak,
      Pair.Condition strongly,
      Pair.Condition weakly)
      throws Exception {
    Cell cell = new Cell();
    Pair.both(
        () -> {
          cell.value = 1;
          (ordered ? strong : weak).run();
        },
        () -> {
          Pair.await(ordered ? strongly : weakly);
          cell.value++;
        });
  }

  static void atomicInteger(boolean ordered) throws Exception {
    AtomicInteger n = new AtomicInteger();
    Pair.pass(ordered, n::incrementAndGet, () -> Pair.await(() -> n.get() == 1));
  }

  static void opaqueInteger(boolean ordered) throws Exception {
    AtomicInteger n = new AtomicInteger();
    pass(
        ordered,
        () -> n.set(1),
        () -> n.setOpaque(1),
        () -> n.get() == 1,
        () -> n.getOpaque() == 1);
  }

  /** Plain writes and reads of an atomic variable. */
  static void plainReference(boolean ordered) throws Exception {
    AtomicReference<String> r = new AtomicReference<>("");
    pass(
        ordered,
        () -> r.setRelease("a"),
        () -> r.setPlain("a"),
        () -> r.getAcquire().equals("a"),
        () -> r.getPlain().equals("a"));
  }

  /** What is released must be acquired, too. */
  static void releaseWithoutAcquire(boolean ordered) throws Exception {
    AtomicLong n = new AtomicLong();
    pass(
        ordered,
        () -> n.lazySet(1),
        () -> n.lazySet(1),
        () -> n.getAcquire() == 1,
        () -> n.getOpaque() == 1);
  }

  static void acquireWithoutRelease(boolean ordered) throws Exception {
    AtomicBoolean b = new AtomicBoolean();
    pass(ordered, () -> b.set(true), () -> b.setOpaque(true), b::get, b::get);
  }

  /** The modes of compare-and-set, exchange and add. */
  static void compareAndExchange(boolean ordered) throws Exception {
    AtomicInteger n = new AtomicInteger();
    pass(
        ordered,
        () -> n.compareAndExchangeRelease(0, 1),
        () -> n.compareAndExchangeAcquire(0, 1),
        () -> n.compareAndExchangeAcquire(1, 2) == 1,
        () -> n.compareAndExchangeAcquire(1, 2) == 1);
  }

  static void weakCompareAndSet(boolean ordered) throws Exception {
    AtomicReference<String> r = new AtomicReference<>("a");
    pass(
        ordered,
        () -> Pair.await(() -> r.weakCompareAndSetVolatile("a", "b")),
        () -> Pair.await(() -> r.weakCompareAndSetPlain("a", "b")),
        () -> r.weakCompareAndSetAcquire("b", "c"),
        () -> r.weakCompareAndSetAcquire("b", "c"));
  }

  static void getAndSet(boolean ordered) throws Exception {
    AtomicReference<String> r = new AtomicReference<>("a");
    Pair.pass(
        ordered, () -> r.getAndSet("b"), () -> Pair.await(() -> r.getAndSet("a").equals("b")));
  }

  static void getAndUpdate(boolean ordered) throws Exception {
    AtomicInteger n = new AtomicInteger();
    Pair.pass(
        ordered,
        () -> n.getAndUpdate(i -> i + 1),
        () -> Pair.await(() -> n.accumulateAndGet(0, Integer::sum) == 1));
  }

  static void integerArray(boolean ordered) throws Exception {
    AtomicIntegerArray a = new AtomicIntegerArray(4);
    Pair.pass(ordered, () -> a.getAndIncrement(2), () -> Pair.await(() -> a.get(2) == 1));
  }

  static void referenceArray(boolean ordered) throws Exception {
    AtomicReferenceArray<String> a = new AtomicReferenceArray<>(4);
    Pair.pass(ordered, () -> a.lazySet(2, "x"), () -> Pair.await(() -> a.getAcquire(2) != null));
  }

  /** Two elements of one array are two variables. */
  static void otherElement(boolean ordered) throws Exception {
    AtomicIntegerArray a = new AtomicIntegerArray(4);
    Cell cell = new Cell();
    Pair.both(
        () -> {
          cell.value = 1;
          a.set(1, 1);
          Pair.signal();
        },
        () -> {
          Pair.awaitSignal();
          int seen = a.get(ordered ? 1 : 2);
          cell.value++;
        });
  }

  static void otherElementOfManyThousands(boolean ordered) throws Exception {
    AtomicReferenceArray<String> a = new AtomicReferenceArray<>(20_000);
    for (int i = 0; i < a.length(); i++) {
      a.set(i, "");
    }
    Cell cell = new Cell();
    Pair.Crew[] crew = new Pair.Crew[2];
    crew[0] =
        all -> {
          cell.value = 1;
          for (int i = 0; i < a.length(); i += 2) {
            a.set(i, "x");
          }
          Pair.signal();
        };
    crew[1] =
        all -> {
          Pair.awaitSignal();
          for (int i = ordered ? 0 : 1; i < a.length(); i += 2) {
            a.get(i);
          }
          cell.value++;
        };
    Pair.all(crew);
  }

  static void largeReferenceArray(boolean ordered) throws Exception {
    AtomicReferenceArray<String> a = new AtomicReferenceArray<>(5_000);
    for (int i = 0; i < a.length(); i++) {
      a.set(i, "");
    }
    Pair.pass(ordered, () -> a.set(4_321, "x"), () -> Pair.await(() -> a.get(4_321).equals("x")));
  }

  static void integerUpdater(boolean ordered) throws Exception {
    Atomics shared = new Atomics();
    Pair.pass(
        ordered,
        () -> NUMBER.compareAndSet(shared, 0, 1),
        () -> Pair.await(() -> shared.number == 1));
  }

  static void longUpdater(boolean ordered) throws Exception {
    Atomics shared = new Atomics();
    Pair.pass(
        ordered, () -> shared.wide = 1, () -> Pair.await(() -> WIDE.addAndGet(shared, 0) == 1));
  }

  static void referenceUpdater(boolean ordered) throws Exception {
    Atomics shared = new Atomics();
    Pair.pass(
        ordered,
        () -> TEXT.lazySet(shared, "a"),
        () -> Pair.await(() -> TEXT.get(shared).equals("a")));
  }

  static void stampedReference(boolean ordered) throws Exception {
    AtomicStampedReference<String> r = new AtomicStampedReference<>("a", 1);
    int[] stamp = new int[1];
    Pair.pass(
        ordered,
        () -> r.compareAndSet("a", "b", 1, 2),
        () -> Pair.await(() -> r.get(stamp).equals("b") && stamp[0] == 2));
  }

  static void markableReference(boolean ordered) throws Exception {
    AtomicMarkableReference<String> r = new AtomicMarkableReference<>("a", false);
    Pair.pass(ordered, () -> r.attemptMark("a", true), () -> Pair.await(r::isMarked));
  }

  static void longAdder(boolean ordered) throws Exception {
    LongAdder adder = new LongAdder();
    Pair.pass(ordered, adder::increment, () -> Pair.await(() -> adder.sum() == 1));
  }

  /** Who only adds learns nothing of the others. */
  static void adding(boolean ordered) throws Exception {
    LongAdder adder = new LongAdder();
    Cell cell = new Cell();
    Pair.both(
        () -> {
          cell.value = 1;
          adder.increment();
          Pair.signal();
        },
        () -> {
          Pair.awaitSignal();
          if (ordered) {
            adder.sum();
          } else {
            adder.increment();
          }
          cell.value++;
        });
  }

  static void longAccumulator(boolean ordered) throws Exception {
    LongAccumulator max = new LongAccumulator(Long::max, 0);
    Pair.pass(ordered, () -> max.accumulate(7), () -> Pair.await(() -> max.get() == 7));
  }

  static void doubles(boolean ordered) throws Exception {
    DoubleAdder adder = new DoubleAdder();
    DoubleAccumulator max = new DoubleAccumulator(Double::max, 0);
    Pair.pass(
        ordered,
        () -> {
          adder.add(1.5);
          max.accumulate(2);
        },
        () -> Pair.await(() -> adder.sum() == 1.5 && max.get() == 2));
  }
}
