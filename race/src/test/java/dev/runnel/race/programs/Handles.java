package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Variable handles in all modes. */
final class Handles {
  private static final VarHandle FLAG;
  private static final VarHandle SHARED;
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      FLAG = lookup.findVarHandle(Handles.class, "flag", int.class);
      SHARED = lookup.findStaticVarHandle(Handles.class, "shared", String.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // through its handle
  private int flag;

  @SuppressWarnings("unused") // through its handle
  private static String shared;

  private Handles() {}

  /** Sets the flag and waits for it, one way or another. */
  private interface Way {
    void set(Handles on);

    boolean isSet(Handles on);
  }

  private static void pass(Way way) throws Exception {
    Handles on = new Handles();
    Cell cell = new Cell();
    Pair.both(
        () -> {
          cell.value = 1;
          way.set(on);
        },
        () -> {
          Pair.await(() -> way.isSet(on));
          cell.value++;
        });
  }

  static void releaseAndAcquire(boolean ordered) throws Exception {
    Handles on = new Handles();
    Pair.pass(
        ordered,
        () -> FLAG.setRelease(on, 1),
        () -> Pair.await(() -> (int) FLAG.getAcquire(on) == 1));
  }

  static void volatileModes(boolean ordered) throws Exception {
    Handles on = new Handles();
    Pair.pass(
        ordered,
        () -> FLAG.setVolatile(on, 1),
        () -> Pair.await(() -> (int) FLAG.getVolatile(on) == 1));
  }

  /** Opaque accesses order nothing. */
  static void opaque(boolean ordered) throws Exception {
    pass(
        new Way() {
          @Override
          public void set(Handles on) {
            if (ordered) {
              FLAG.setVolatile(on, 1);
            } else {
              FLAG.setOpaque(on, 1);
            }
          }

          @Override
          public boolean isSet(Handles on) {
            return (int) (ordered ? FLAG.getVolatile(on) : FLAG.getOpaque(on)) == 1;
          }
        });
  }

  /** An acquiring exchange releases nothing. */
  static void getAndSet(boolean ordered) throws Exception {
    pass(
        new Way() {
          @Override
          public void set(Handles on) {
            int before =
                ordered ? (int) FLAG.getAndSetRelease(on, 1) : (int) FLAG.getAndSetAcquire(on, 1);
            assert before == 0;
          }

          @Override
          public boolean isSet(Handles on) {
            return (int) FLAG.getAcquire(on) == 1;
          }
        });
  }

  /** A releasing addition acquires nothing. */
  static void getAndAdd(boolean ordered) throws Exception {
    pass(
        new Way() {
          @Override
          public void set(Handles on) {
            FLAG.setRelease(on, 1);
          }

          @Override
          public boolean isSet(Handles on) {
            return (ordered ? (int) FLAG.getAndAdd(on, 0) : (int) FLAG.getAndAddRelease(on, 0))
                == 1;
          }
        });
  }

  static void getAndBitwise(boolean ordered) throws Exception {
    Handles on = new Handles();
    Pair.pass(
        ordered,
        () -> FLAG.getAndBitwiseOrRelease(on, 4),
        () -> Pair.await(() -> (int) FLAG.getAndBitwiseAndAcquire(on, 7) == 4));
  }

  static void weakCompareAndSetPlain(boolean ordered) throws Exception {
    pass(
        new Way() {
          @Override
          public void set(Handles on) {
            boolean done = false;
            while (!done) {
              done =
                  ordered
                      ? FLAG.weakCompareAndSetRelease(on, 0, 1)
                      : FLAG.weakCompareAndSetPlain(on, 0, 1);
            }
          }

          @Override
          public boolean isSet(Handles on) {
            return FLAG.weakCompareAndSetAcquire(on, 1, 1);
          }
        });
  }

  static void element(boolean ordered) throws Exception {
    long[] array = new long[4];
    Pair.pass(
        ordered,
        () -> ELEMENT.compareAndSet(array, 3, 0L, 1L),
        () -> Pair.await(() -> (long) ELEMENT.getVolatile(array, 3) == 1));
  }

  static void staticField(boolean ordered) throws Exception {
    Pair.pass(
        ordered,
        () -> SHARED.setRelease("a"),
        () -> Pair.await(() -> (String) SHARED.getAcquire() != null));
  }

  /** Fences around plain accesses that nothing checks. */
  static void fences(boolean ordered) throws Exception {
    pass(
        new Way() {
          @Override
          public void set(Handles on) {
            if (ordered) {
              VarHandle.releaseFence();
            }
            FLAG.setOpaque(on, 1);
          }

          @Override
          public boolean isSet(Handles on) {
            boolean set = (int) FLAG.getOpaque(on) == 1;
            if (ordered) {
              VarHandle.acquireFence();
            }
            return set;
          }
        });
  }
}
