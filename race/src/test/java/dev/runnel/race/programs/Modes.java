package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The access modes of a handle that the program itself uses. One thread writes a cell and uses the
 * handle, then the other does; in the racing program one of the two in a mode that does not order,
 * or not in this direction.
 */
@SuppressWarnings("unused")
final class Modes {
  private static final VarHandle FLAG;
  private static final VarHandle TEXT;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      FLAG = lookup.findVarHandle(Modes.class, "flag", long.class);
      TEXT = lookup.findVarHandle(Modes.class, "text", String.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // through its handle
  private long flag;

  @SuppressWarnings("unused") // through its handle
  private String text = "a";

  private Modes() {}

  /** What is done to the variables; whether it did what was expected. */
  private interface Use {
    boolean of(Modes on);
  }

  /** First one, then the other, which neither learns but by the handle. */
  private static void inTurn(Use first, Use second) throws Exception {
    Modes on = new Modes();
    Cell cell = new Cell();
    Pair.inTurn(
        () -> {
          cell.value = 1;
          Pair.await(() -> first.of(on)); // the weak ones may fail for no reason
        },
        () -> {
          Pair.await(() -> second.of(on));
          cell.value++;
        });
  }

  private static final Use ACQUIRE = on -> (long) FLAG.getAcquire(on) >= 0;

  private static final Use RELEASE =
      on -> {
        FLAG.setRelease(on, 1L);
        return true;
      };

  /** One that releases, or does not; read by one that acquires. */
  private static void releasing(boolean ordered, Use strong, Use weak) throws Exception {
    inTurn(ordered ? strong : weak, ACQUIRE);
  }

  private static void acquiring(boolean ordered, Use strong, Use weak) throws Exception {
    inTurn(RELEASE, ordered ? strong : weak);
  }

  static void compareAndExchange(boolean ordered) throws Exception {
    releasing(
        ordered,
        on -> (long) FLAG.compareAndExchange(on, 0L, 1L) == 0,
        on -> (long) FLAG.compareAndExchangeAcquire(on, 0L, 1L) == 0);
  }

  static void compareAndExchangeRelease(boolean ordered) throws Exception {
    acquiring(
        ordered,
        on -> (long) FLAG.compareAndExchange(on, 1L, 2L) == 1,
        on -> (long) FLAG.compareAndExchangeRelease(on, 1L, 2L) == 1);
  }

  static void weakCompareAndSet(boolean ordered) throws Exception {
    releasing(
        ordered,
        on -> FLAG.weakCompareAndSet(on, 0L, 1L),
        on -> FLAG.weakCompareAndSetAcquire(on, 0L, 1L));
  }

  static void weakCompareAndSetRelease(boolean ordered) throws Exception {
    acquiring(
        ordered,
        on -> FLAG.weakCompareAndSetAcquire(on, 1L, 2L),
        on -> FLAG.weakCompareAndSetRelease(on, 1L, 2L));
  }

  static void weakCompareAndSetPlain(boolean ordered) throws Exception {
    acquiring(
        ordered,
        on -> FLAG.weakCompareAndSet(on, 1L, 2L),
        on -> FLAG.weakCompareAndSetPlain(on, 1L, 2L));
  }

  /** One that fails has read the variable all the same. */
  static void failedCompareAndSet(boolean ordered) throws Exception {
    acquiring(ordered, on -> !FLAG.compareAndSet(on, 7L, 8L), on -> (long) FLAG.getOpaque(on) == 1);
  }

  static void failedCompareAndExchange(boolean ordered) throws Exception {
    acquiring(
        ordered,
        on -> (long) FLAG.compareAndExchangeAcquire(on, 7L, 8L) == 1,
        on -> (long) FLAG.compareAndExchangeRelease(on, 7L, 8L) == 1);
  }

  static void getAndSet(boolean ordered) throws Exception {
    releasing(
        ordered,
        on -> (long) FLAG.getAndSet(on, 1L) == 0,
        on -> (long) FLAG.getAndSetAcquire(on, 1L) == 0);
  }

  static void getAndSetRelease(boolean ordered) throws Exception {
    acquiring(
        ordered,
        on -> (long) FLAG.getAndSetAcquire(on, 2L) == 1,
        on -> (long) FLAG.getAndSetRelease(on, 2L) == 1);
  }

  static void getAndAddAcquire(boolean ordered) throws Exception {
    releasing(
        ordered,
        on -> (long) FLAG.getAndAddRelease(on, 1L) == 0,
        on -> (long) FLAG.getAndAddAcquire(on, 1L) == 0);
  }

  static void getAndAddRelease(boolean ordered) throws Exception {
    acquiring(
        ordered,
        on -> (long) FLAG.getAndAddAcquire(on, 0L) == 1,
        on -> (long) FLAG.getAndAddRelease(on, 0L) == 1);
  }

  static void getAndBitwiseOr(boolean ordered) throws Exception {
    releasing(
        ordered,
        on -> (long) FLAG.getAndBitwiseOr(on, 1L) == 0,
        on -> (long) FLAG.getAndBitwiseOrAcquire(on, 1L) == 0);
  }

  static void getAndBitwiseAnd(boolean ordered) throws Exception {
    acquiring(
        ordered,
        on -> (long) FLAG.getAndBitwiseAnd(on, 3L) == 1,
        on -> (long) FLAG.getAndBitwiseAndRelease(on, 3L) == 1);
  }

  static void getAndBitwiseXor(boolean ordered) throws Exception {
    releasing(
        ordered,
        on -> (long) FLAG.getAndBitwiseXorRelease(on, 3L) == 0,
        on -> (long) FLAG.getAndBitwiseXorAcquire(on, 3L) == 0);
  }

  static void getAndBitwiseXorBoth(boolean ordered) throws Exception {
    acquiring(
        ordered,
        on -> (long) FLAG.getAndBitwiseXor(on, 3L) == 1,
        on -> (long) FLAG.getAndBitwiseXorRelease(on, 3L) == 1);
  }

  static void plainSet(boolean ordered) throws Exception {
    releasing(
        ordered,
        RELEASE,
        on -> {
          FLAG.set(on, 1L);
          return true;
        });
  }

  static void plainGet(boolean ordered) throws Exception {
    acquiring(ordered, ACQUIRE, on -> (long) FLAG.get(on) >= 0);
  }

  static void setOpaque(boolean ordered) throws Exception {
    releasing(
        ordered,
        on -> {
          FLAG.setVolatile(on, 1L);
          return true;
        },
        on -> {
          FLAG.setOpaque(on, 1L);
          return true;
        });
  }

  static void getOpaque(boolean ordered) throws Exception {
    acquiring(
        ordered, on -> (long) FLAG.getVolatile(on) == 1, on -> (long) FLAG.getOpaque(on) == 1);
  }

  /** A release by one that acquires alone continues nothing. */
  static void reference(boolean ordered) throws Exception {
    inTurn(
        on -> TEXT.compareAndSet(on, "a", "b"),
        on ->
            (ordered
                    ? (String) TEXT.getAndSetAcquire(on, "c")
                    : (String) TEXT.getAndSetRelease(on, "c"))
                .equals("b"));
  }

  /** Who exchanges on the way hands on what he has been told. */
  static void handedOn(boolean ordered) throws Exception {
    Modes on = new Modes();
    Cell cell = new Cell();
    Pair.all(
        all -> {
          cell.value = 1;
          FLAG.setRelease(on, 1L);
          Pair.step(1);
        },
        all -> {
          Pair.awaitStep(1);
          long before = ordered ? (long) FLAG.getAndAdd(on, 1L) : (long) FLAG.getOpaque(on);
          FLAG.setRelease(on, before + 1);
          TEXT.setRelease(on, "b");
          Pair.step(2);
        },
        all -> {
          Pair.awaitStep(2);
          String told = (String) TEXT.getAcquire(on);
          cell.value++;
        });
  }

  static void fullFence(boolean ordered) throws Exception {
    fenced(ordered, () -> VarHandle.fullFence(), () -> VarHandle.fullFence());
  }

  static void acquireAndReleaseFence(boolean ordered) throws Exception {
    fenced(ordered, () -> VarHandle.releaseFence(), () -> VarHandle.acquireFence());
  }

  /** Those who only write, and those who only read, may do with less. */
  static void storeStoreFence(boolean ordered) throws Exception {
    fenced(ordered, () -> VarHandle.storeStoreFence(), () -> VarHandle.loadLoadFence());
  }

  /** Around opaque accesses; in the racing program the fences are where they are of no use. */
  private static void fenced(boolean ordered, Runnable release, Runnable acquire) throws Exception {
    Modes on = new Modes();
    Cell cell = new Cell();
    Pair.inTurn(
        () -> {
          if (!ordered) {
            release.run();
          }
          cell.value = 1;
          if (ordered) {
            release.run();
          }
          FLAG.setOpaque(on, 1L);
        },
        () -> {
          Pair.await(() -> (long) FLAG.getOpaque(on) == 1);
          acquire.run();
          int seen = cell.value;
        });
  }

  /** A fence for the reader, and a releasing write. */
  static void fenceForTheReader(boolean ordered) throws Exception {
    inTurn(
        RELEASE,
        on -> {
          boolean set = (long) FLAG.getOpaque(on) == 1;
          if (ordered) {
            VarHandle.acquireFence();
          }
          return set;
        });
  }

  /** A fence for the writer, and an acquiring read. */
  static void fenceForTheWriter(boolean ordered) throws Exception {
    inTurn(
        on -> {
          if (ordered) {
            VarHandle.releaseFence();
          }
          FLAG.setOpaque(on, 1L);
          return true;
        },
        ACQUIRE);
  }

  /** A fence of one thread in between takes nothing from what the first has released. */
  static void fenceInBetween(boolean ordered) throws Exception {
    Modes on = new Modes();
    Cell cell = new Cell();
    Pair.all(
        all -> {
          if (ordered) {
            cell.value = 1;
          }
          FLAG.setRelease(on, 1L);
          if (!ordered) {
            cell.value = 1;
          }
        },
        all -> {
          VarHandle.releaseFence();
          Pair.await(() -> (long) FLAG.getAcquire(on) == 1);
          Pair.await(() -> FLAG.weakCompareAndSetPlain(on, 1L, 2L));
        },
        all -> {
          Pair.await(() -> (long) FLAG.getAcquire(on) == 2);
          cell.value++;
        });
  }
}
