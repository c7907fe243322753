package dev.runnel.race.programs;

import dev.runnel.race.RaceIgnore;
import dev.runnel.race.programs.Pair.Cell;
import java.util.concurrent.atomic.AtomicReference;

/** What detectors, and programmers, are known to get wrong: how objects come to be known. */
@SuppressWarnings({
  "DoubleCheckedLocking",
  "ImmutableEnumChecker",
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

  static void doubleCheckedLocking(boolean ordered) throws Exception {
    Pair.Step use =
        () -> {
          int seen = (ordered ? checkTwice() : checkTwicePlain()).value;
        };
    Pair.inTurn(use, use);
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
    Pair.inTurn(use, use);
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
    Pair.inTurn(use, use);
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
    Pair.inTurn(use, use);
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
    Pair.inTurn(use, use);
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
    Pair.inTurn(use, use);
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
    Pair.inTurn(
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
    Pair.inTurn(
        () -> new Escaping(!ordered),
        () -> {
          Pair.await(() -> escaped != null);
          int seen = escaped.value;
        });
  }

  /** It is the array that is volatile, not its elements. */
  static void volatileArray(boolean ordered) throws Exception {
    elements = new int[4];
    Pair.inTurn(
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
}
