package dev.runnel.race.programs;

import dev.runnel.race.RaceIgnore;
import dev.runnel.race.programs.Pair.Cell;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/** What detectors, and programmers, are known to get wrong. */
@SuppressWarnings({
  "DoubleCheckedLocking",
  "ImmutableEnumChecker",
  "LockNotBeforeTry",
  "NonAtomicVolatileUpdate",
  "ThisEscapedInObjectConstruction",
  "unused"
})
final class HardCases {
  private static final Object LOCK = new Object();
  private static volatile Cell checkedTwice;
  private static Cell checkedTwicePlain;
  private static Cell lazy;
  private static Point reference;
  @RaceIgnore private static Point ignoredReference;
  private static volatile int[] elements;
  private static volatile Escaping escaped;

  private HardCases() {}

  private static Cell made() {
    Cell cell = new Cell();
    cell.value = 1;
    return cell;
  }

  /** One after the other, which neither knows. */
  private static void inTurn(Pair.Step first, Pair.Step second) throws Exception {
    Pair.both(
        () -> {
          first.run();
          Pair.signal();
        },
        () -> {
          Pair.awaitSignal();
          second.run();
        });
  }

  static void doubleCheckedLocking(boolean ordered) throws Exception {
    Pair.Step use =
        () -> {
          int seen = (ordered ? checkTwice() : checkTwicePlain()).value;
        };
    inTurn(use, use);
  }

  private static Cell checkTwice() {
    Cell found = checkedTwice;
    if (found == null) {
      synchronized (LOCK) {
        found = checkedTwice;
        if (found == null) {
          checkedTwice = found = made();
        }
      }
    }
    return found;
  }

  private static Cell checkTwicePlain() {
    if (checkedTwicePlain == null) {
      synchronized (LOCK) {
        if (checkedTwicePlain == null) {
          checkedTwicePlain = made();
        }
      }
    }
    return checkedTwicePlain;
  }

  static void lazyInitialisation(boolean ordered) throws Exception {
    Pair.Step use =
        () -> {
          if (ordered) {
            synchronized (LOCK) {
              initialise();
            }
          } else {
            initialise();
          }
        };
    inTurn(use, use);
  }

  private static void initialise() {
    if (lazy == null) {
      lazy = made();
    }
  }

  /** Whoever comes second throws away what it has made. */
  static void firstOneWins(boolean ordered) throws Exception {
    AtomicReference<Cell> shared = new AtomicReference<>();
    Pair.Step use =
        () -> {
          Cell mine = new Cell();
          if (ordered) {
            mine.value = 1;
          }
          boolean won = shared.compareAndSet(null, mine);
          if (won && !ordered) {
            mine.value = 1;
          }
          int seen = shared.get().value;
        };
    inTurn(use, use);
  }

  private static final class Holder {
    static final Cell CELL = made();
  }

  static void holderClass(boolean ordered) throws Exception {
    Pair.Step use =
        () -> {
          int seen = Holder.CELL.value;
          if (!ordered) {
            Holder.CELL.value++;
          }
        };
    inTurn(use, use);
  }

  private enum Singleton {
    ONE;

    private int uses;
    private final Cell cell = made();

    Singleton() {
      uses = 1;
    }
  }

  static void enumSingleton(boolean ordered) throws Exception {
    Pair.Step use =
        () -> {
          int seen = Singleton.valueOf("ONE").uses + Singleton.ONE.cell.value;
          if (!ordered) {
            Singleton.ONE.uses++;
          }
        };
    inTurn(use, use);
  }

  /** As in {@code String.hashCode}: each may reckon it anew, and all come to the same. */
  private static final class Name {
    private final String text = "a name";
    private int hash;
    @RaceIgnore private int ignoredHash;

    int hash() {
      int h = hash;
      if (h == 0) {
        hash = h = text.length();
      }
      return h;
    }

    int ignoredHash() {
      int h = ignoredHash;
      if (h == 0) {
        ignoredHash = h = text.length();
      }
      return h;
    }
  }

  static void singleCheck(boolean ordered) throws Exception {
    Name name = new Name();
    Pair.Step use = ordered ? name::ignoredHash : name::hash;
    inTurn(use, use);
  }

  static final class Point {
    private final int x = 1;
    private final Cell cell = made();

    Point() {}
  }

  /**
   * Of an object published in a race the final fields are safe, and what they lead to; the
   * reference itself is read in a race all the same.
   */
  static void finalFieldsThroughARace(boolean ordered) throws Exception {
    inTurn(
        () -> {
          if (ordered) {
            ignoredReference = new Point();
          } else {
            reference = new Point();
          }
        },
        () -> {
          Point found = ordered ? ignoredReference : reference;
          int seen = found.x + found.cell.value;
        });
  }

  /** An object that others get to know before it is ready. */
  private static final class Escaping {
    private int value;

    Escaping(boolean early) {
      if (early) {
        escaped = this;
      }
      value = 1;
      if (!early) {
        escaped = this;
      }
    }
  }

  static void thisEscapes(boolean ordered) throws Exception {
    inTurn(
        () -> new Escaping(!ordered),
        () -> {
          Pair.await(() -> escaped != null);
          int seen = escaped.value;
        });
  }

  /** It is the array that is volatile, not its elements. */
  static void volatileArray(boolean ordered) throws Exception {
    elements = new int[4];
    inTurn(
        () -> {
          int[] mine = elements;
          mine[1] = 7;
          if (ordered) {
            elements = mine;
          }
        },
        () -> {
          int seen = elements[1];
        });
  }

  /** A lock of the program's own making, and one that is given back with too little. */
  static void spinLock(boolean ordered) throws Exception {
    AtomicBoolean locked = new AtomicBoolean();
    Cell cell = new Cell();
    Pair.Step use =
        () -> {
          Pair.await(() -> locked.compareAndSet(false, true));
          cell.value++;
          if (ordered) {
            locked.setRelease(false);
          } else {
            locked.setOpaque(false);
          }
        };
    inTurn(use, use);
  }

  private static final class Peterson {
    private volatile boolean wantsFirst;
    private volatile boolean wantsSecond;
    private volatile boolean firstWaits;

    void first(Pair.Step body) throws Exception {
      wantsFirst = true;
      firstWaits = true;
      Pair.await(() -> !wantsSecond || !firstWaits);
      body.run();
      wantsFirst = false;
    }

    void second(boolean patient, Pair.Step body) throws Exception {
      wantsSecond = true;
      firstWaits = false;
      if (patient) {
        Pair.await(() -> !wantsFirst || firstWaits);
      }
      body.run();
      wantsSecond = false;
    }
  }

  /** Mutual exclusion by volatile fields alone. */
  static void petersonsLock(boolean ordered) throws Exception {
    Peterson peterson = new Peterson();
    Cell cell = new Cell();
    Pair.both(
        () ->
            peterson.first(() -> {
              cell.value++;
              Pair.step(1);
              Pair.awaitStep(ordered ? 1 : 2);
            }),
        () -> {
          Pair.awaitStep(1);
          peterson.second(ordered, () -> cell.value++);
          Pair.step(2);
        });
  }

  /** Who waits no longer has learnt nothing. */
  static void joinThatTimesOut(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Thread thread =
        new Thread(() -> {
          cell.value++;
          Pair.step(1);
          Pair.awaitStep(ordered ? 1 : 2);
        });
    thread.start();
    Pair.awaitStep(1);
    thread.join(ordered ? 0 : 1);
    cell.value++;
    Pair.step(2);
    thread.join();
  }

  static void latchThatTimesOut(boolean ordered) throws Exception {
    CountDownLatch latch = new CountDownLatch(ordered ? 1 : 2);
    Cell cell = new Cell();
    inTurn(
        () -> {
          cell.value++;
          if (ordered) {
            latch.countDown();
          }
        },
        () -> {
          latch.await(1, TimeUnit.MILLISECONDS);
          cell.value++;
        });
  }

  /** Who did not get the lock does not hold it. */
  static void failedTryLock(boolean ordered) throws Exception {
    ReentrantLock lock = new ReentrantLock();
    Cell cell = new Cell();
    Pair.both(
        () -> {
          lock.lock();
          cell.value++;
          Pair.step(1);
          Pair.awaitStep(ordered ? 1 : 2);
          lock.unlock();
        },
        () -> {
          Pair.awaitStep(1);
          boolean got = lock.tryLock();
          if (!got && ordered) {
            lock.lock();
          }
          cell.value++;
          Pair.step(2);
          if (got || ordered) {
            lock.unlock();
          }
        });
  }

  /** A lock that is made anew protects nothing. */
  static void lockOnWhatChanges(boolean ordered) throws Exception {
    Object[] boxes = {new Object(), new Object()};
    int[] count = new int[1];
    inTurn(
        () -> {
          synchronized (boxes[0]) {
            count[0]++;
          }
        },
        () -> {
          synchronized (boxes[ordered ? 0 : 1]) {
            count[0]++;
          }
        });
  }

  /** From node to node, with the next lock taken before the last is given back. */
  static void handOverHand(boolean ordered) throws Exception {
    ReentrantLock[] locks = {new ReentrantLock(), new ReentrantLock(), new ReentrantLock()};
    Cell[] cells = {new Cell(), new Cell(), new Cell()};
    Pair.Step walk =
        () -> {
          locks[0].lock();
          cells[0].value++;
          for (int i = 1; i < locks.length; i++) {
            locks[i].lock();
            locks[i - 1].unlock();
            cells[ordered ? i : i - 1].value++;
          }
          locks[2].unlock();
        };
    Pair.both(walk, walk);
  }
}
