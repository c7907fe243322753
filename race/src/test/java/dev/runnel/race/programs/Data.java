package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import dev.runnel.race.programs.apart.Elsewhere;
import java.util.function.Supplier;

/** Kinds of variables, and objects that are published in a race. */
@SuppressWarnings({"ArrayRecordComponent", "unused", "ThreadPriorityCheck"})
final class Data {
  private static double wideStatic;
  private static Object published;

  private Data() {}

  static void element(boolean ordered) throws Exception {
    int[] array = new int[8];
    Pair.both(() -> array[3]++, () -> array[ordered ? 4 : 3]++);
  }

  static void wideElement(boolean ordered) throws Exception {
    long[] array = new long[8];
    Pair.both(() -> array[3] += 5, () -> array[ordered ? 2 : 3] += 5);
  }

  static void referenceElement(boolean ordered) throws Exception {
    String[][] array = new String[4][4];
    Pair.both(() -> array[1][1] = "a", () -> array[ordered ? 2 : 1][1] = "b");
  }

  static void largeArray(boolean ordered) throws Exception {
    byte[] array = new byte[1_000_000];
    int half = array.length / 2;
    Pair.both(
        () -> {
          for (int i = 0; i < half; i++) {
            array[i] = 1;
          }
        },
        () -> {
          for (int i = ordered ? half : half - 1; i < array.length; i++) {
            array[i] = 2;
          }
        });
  }

  /** An array much used is one variable, until two threads use it that nothing orders. */
  static void muchUsedElement(boolean ordered) throws Exception {
    int[] array = new int[8];
    int other = ordered ? 4 : 3;
    Pair.both(
        () -> {
          for (int i = 0; i < 5_000; i++) {
            array[3]++;
          }
          Pair.step(1);
          Pair.awaitStep(2);
          array[3]++;
        },
        () -> {
          Pair.awaitStep(1);
          array[other]++;
          Pair.step(2);
        });
  }

  static void wideField(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Cell other = ordered ? new Cell() : cell;
    Pair.both(() -> cell.wide = 1, () -> other.wide = 2);
  }

  static void otherField(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Pair.both(
        () -> cell.wide = 1,
        () -> {
          if (ordered) {
            cell.value = 2;
          } else {
            cell.wide = 2;
          }
        });
  }

  static void staticField(boolean ordered) throws Exception {
    Pair.both(
        () -> wideStatic = 1,
        () -> {
          if (!ordered) {
            wideStatic = 2;
          }
        });
  }

  /** Reads alone do not race, and a write races with the one that is not joined. */
  static void readers(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Thread[] readers = new Thread[5];
    for (int i = 0; i < readers.length; i++) {
      readers[i] =
          new Thread(() -> {
            if (cell.value != 0) {
              System.out.println("never");
            }
          });
      readers[i].start();
    }
    for (int i = 0; i < readers.length; i++) {
      if (ordered || i != 2) {
        readers[i].join();
      }
    }
    cell.value = 0;
    readers[2].join();
  }

  /** A class's initialiser writes what its users read. */
  static final class Holder {
    static final Cell CELL = new Cell();
    static final int[] ARRAY = new int[4];

    static {
      CELL.value = 1;
      ARRAY[1] = 1;
    }

    private Holder() {}
  }

  interface Constants {
    Cell CELL = made();

    static Cell made() {
      Cell cell = new Cell();
      cell.value = 5;
      return cell;
    }
  }

  static void classInitialization(boolean ordered) throws Exception {
    Pair.Step use =
        () -> {
          int sum = Holder.CELL.value + Holder.ARRAY[1] + Constants.CELL.value;
          if (!ordered) {
            Holder.CELL.value = sum;
          }
        };
    Pair.both(use, use);
  }

  /** Initialised while another thread waits for that. */
  interface Late {
    Cell CELL = made();

    static Cell made() {
      Cell cell = new Cell();
      Pair.awaitReader();
      cell.value = 5;
      return cell;
    }
  }

  static void interfaceInitialization(boolean ordered) throws Exception {
    Pair.both(
        () -> {
          Cell made = Late.CELL;
          if (!ordered) {
            made.value = 6;
          }
        },
        () -> {
          Pair.readerComes();
          if (Late.CELL.value == -1) {
            System.out.println("never");
          }
        });
  }

  /** Inherits a constant of an interface that code of this package may not be able to name. */
  interface Inheriting extends Elsewhere {}

  static void inheritedConstant(boolean ordered) throws Exception {
    Pair.both(
        () -> {
          int[] made = Inheriting.VALUES;
          if (!ordered) {
            made[1] = 6;
          }
        },
        () -> {
          Pair.readerComes();
          if (Inheriting.VALUES[1] == -1) {
            System.out.println("never");
          }
        });
  }

  /** Safe to publish in a race. */
  static final class Frozen {
    final int[] elements = {1, 2, 3};
    final Cell cell = new Cell();

    Frozen() {
      cell.value = 7;
    }
  }

  /** Not safe. */
  static final class Loose {
    int[] elements = {1, 2, 3};
    Cell cell = new Cell();

    Loose() {
      cell.value = 7;
    }
  }

  record Published(Cell cell, int[] elements) {}

  /** A race on purpose, by which the second thread comes to the object. */
  @dev.runnel.race.RaceIgnore
  private static Object passed(Supplier<Object> made) throws Exception {
    Object given = made == null ? null : made.get();
    if (given != null) {
      published = given;
      return given;
    }
    while (published == null) {
      Thread.yield();
    }
    return published;
  }

  static void finalField(boolean ordered) throws Exception {
    Pair.both(
        () -> passed(ordered ? Frozen::new : Loose::new),
        () -> {
          Object found = passed(null);
          int sum =
              found instanceof Frozen frozen
                  ? frozen.elements[1] + frozen.cell.value
                  : ((Loose) found).elements[1] + ((Loose) found).cell.value;
          if (sum == -1) {
            System.out.println("never");
          }
        });
  }

  private static final class Flag implements Cloneable {
    volatile int raised;

    Flag copy() {
      try {
        return (Flag) super.clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** A copy of a volatile field has been written by nobody. */
  static void copiedVolatile(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Flag flag = new Flag();
    Pair.both(
        () -> {
          cell.value = 1;
          flag.raised = 1;
          passed(flag::copy);
        },
        () -> {
          Flag copy = (Flag) passed(null);
          if ((ordered ? flag : copy).raised + cell.value == -1) {
            System.out.println("never");
          }
        });
  }

  static void recordField(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Pair.both(
        () -> {
          Published made = (Published) passed(() -> new Published(cell, new int[] {1}));
          if (!ordered) {
            synchronized (made) { // what is done before the next release counts with the making
              cell.value = 2;
            }
            cell.value = 3;
            Pair.signal();
          }
        },
        () -> {
          Published found = (Published) passed(null);
          if (!ordered) {
            Pair.awaitSignal();
          }
          if (found.elements[0] + found.cell.value == -1) {
            System.out.println("never");
          }
        });
  }
}
