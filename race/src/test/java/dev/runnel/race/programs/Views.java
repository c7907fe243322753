package dev.runnel.race.programs;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.runnel.race.programs.Pair.Cell;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Handles of elements, and of what bytes are taken for: in arrays, buffers and segments. */
@SuppressWarnings("unused")
final class Views {
  private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);
  private static final VarHandle TEXTS = MethodHandles.arrayElementVarHandle(String[].class);
  private static final VarHandle BUFFER =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final VarHandle INT = JAVA_INT.varHandle();
  private static final VarHandle LONG = JAVA_LONG.varHandle();
  private static final MemoryLayout PAIR =
      MemoryLayout.structLayout(JAVA_INT.withName("left"), JAVA_INT.withName("right"));
  private static final VarHandle RIGHT = PAIR.varHandle(PathElement.groupElement("right"));
  private static final MemoryLayout ROW = MemoryLayout.sequenceLayout(8, JAVA_LONG);
  private static final VarHandle PLACE = ROW.varHandle(PathElement.sequenceElement());

  private Views() {}

  /** One writes a cell and then sets something, the other finds it set: by the modes used. */
  private static void inTurn(Pair.Step set, Pair.Condition seen) throws Exception {
    Cell cell = new Cell();
    Pair.inTurn(
        () -> {
          cell.value = 1;
          set.run();
        },
        () -> {
          Pair.await(seen);
          cell.value++;
        });
  }

  static void elementVolatile(boolean ordered) throws Exception {
    int[] array = new int[8];
    Pair.pass(
        ordered,
        () -> INTS.setVolatile(array, 5, 1),
        () -> Pair.await(() -> (int) INTS.getVolatile(array, 5) == 1));
  }

  /** Two elements are two variables. */
  static void otherElement(boolean ordered) throws Exception {
    int[] array = new int[8];
    inTurn(
        () -> INTS.setVolatile(array, 5, 1),
        () -> (int) INTS.getVolatile(array, ordered ? 5 : 6) >= 0);
  }

  static void otherArray(boolean ordered) throws Exception {
    int[] array = new int[8];
    int[] other = ordered ? array : new int[8];
    inTurn(() -> INTS.setRelease(array, 5, 1), () -> (int) INTS.getAcquire(other, 5) >= 0);
  }

  static void elementOpaque(boolean ordered) throws Exception {
    int[] array = new int[8];
    inTurn(
        () -> {
          if (ordered) {
            INTS.setRelease(array, 5, 1);
          } else {
            INTS.setOpaque(array, 5, 1);
          }
        },
        () -> (int) INTS.getAcquire(array, 5) == 1);
  }

  static void referenceElement(boolean ordered) throws Exception {
    String[] array = {"a", "b"};
    Pair.pass(
        ordered,
        () -> TEXTS.compareAndSet(array, 1, "b", "c"),
        () -> Pair.await(() -> ((String) TEXTS.getAcquire(array, 1)).equals("c")));
  }

  static void elementExchanged(boolean ordered) throws Exception {
    String[] array = {"a", "b"};
    inTurn(
        () -> {
          String before =
              ordered
                  ? (String) TEXTS.getAndSet(array, 1, "c")
                  : (String) TEXTS.getAndSetAcquire(array, 1, "c");
          assert before.equals("b");
        },
        () -> ((String) TEXTS.getVolatile(array, 1)).equals("c"));
  }

  /** The flag's handle has more coordinates than the first. */
  static void elementAdded(boolean ordered) throws Exception {
    int[] array = new int[8];
    Pair.pass(
        ordered,
        () -> INTS.getAndAddRelease(array, 7, 3),
        () -> Pair.await(() -> (int) INTS.getAndBitwiseOrAcquire(array, 7, 0) == 3));
  }

  static void directBuffer(boolean ordered) throws Exception {
    ByteBuffer buffer = ByteBuffer.allocateDirect(64).order(ByteOrder.nativeOrder());
    Pair.pass(
        ordered,
        () -> BUFFER.setVolatile(buffer, 8, 1),
        () -> Pair.await(() -> (int) BUFFER.getVolatile(buffer, 8) == 1));
  }

  static void directBufferOpaque(boolean ordered) throws Exception {
    ByteBuffer buffer = ByteBuffer.allocateDirect(64).order(ByteOrder.nativeOrder());
    inTurn(
        () -> {
          if (ordered) {
            BUFFER.setRelease(buffer, 8, 1);
          } else {
            BUFFER.setOpaque(buffer, 8, 1);
          }
        },
        () -> (int) BUFFER.getAcquire(buffer, 8) == 1);
  }

  /** A slice is another way to the same bytes. */
  static void slicedBuffer(boolean ordered) throws Exception {
    ByteBuffer buffer = ByteBuffer.allocateDirect(64).order(ByteOrder.nativeOrder());
    ByteBuffer slice = buffer.slice(16, 32).order(ByteOrder.nativeOrder());
    Pair.pass(
        ordered,
        () -> BUFFER.compareAndSet(buffer, 24, 0, 1),
        () -> Pair.await(() -> (int) BUFFER.getVolatile(slice, 8) == 1));
  }

  static void duplicatedBuffer(boolean ordered) throws Exception {
    ByteBuffer buffer = ByteBuffer.allocateDirect(64);
    ByteBuffer other = buffer.duplicate().order(ByteOrder.nativeOrder());
    Pair.pass(
        ordered,
        () -> BUFFER.setRelease(buffer, 4, 1),
        () -> Pair.await(() -> (int) BUFFER.getAcquire(other, 4) == 1));
  }

  static void segment(boolean ordered) throws Exception {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment segment = arena.allocate(64, 8);
      Pair.pass(
          ordered,
          () -> INT.setVolatile(segment, 16L, 1),
          () -> Pair.await(() -> (int) INT.getVolatile(segment, 16L) == 1));
    }
  }

  static void segmentOpaque(boolean ordered) throws Exception {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment segment = arena.allocate(64, 8);
      inTurn(
          () -> {
            if (ordered) {
              LONG.setRelease(segment, 16L, 1L);
            } else {
              LONG.setOpaque(segment, 16L, 1L);
            }
          },
          () -> (long) LONG.getAcquire(segment, 16L) == 1);
    }
  }

  static void segmentExchanged(boolean ordered) throws Exception {
    MemorySegment segment = Arena.ofAuto().allocate(64, 8);
    inTurn(
        () -> {
          long before =
              ordered
                  ? (long) LONG.getAndAddRelease(segment, 8L, 1L)
                  : (long) LONG.getAndAddAcquire(segment, 8L, 1L);
          assert before == 0;
        },
        () -> LONG.weakCompareAndSetAcquire(segment, 8L, 1L, 2L));
  }

  static void slicedSegment(boolean ordered) throws Exception {
    MemorySegment segment = Arena.ofAuto().allocate(64, 8);
    MemorySegment slice = segment.asSlice(16, 16).asReadOnly();
    Pair.pass(
        ordered,
        () -> INT.setRelease(segment, 20L, 1),
        () -> Pair.await(() -> (int) INT.getAcquire(slice, 4L) == 1));
  }

  /** A segment on the heap, whose array is used by another handle. */
  static void segmentOfAnArray(boolean ordered) throws Exception {
    int[] array = new int[8];
    MemorySegment segment = MemorySegment.ofArray(array);
    Pair.pass(
        ordered,
        () -> INT.setVolatile(segment, 4L, 1),
        () -> Pair.await(() -> (int) INTS.getVolatile(array, 1) == 1));
  }

  static void segmentOnTheHeap(boolean ordered) throws Exception {
    MemorySegment one = MemorySegment.ofArray(new long[8]);
    MemorySegment two = one.asSlice(8);
    Pair.pass(
        ordered,
        () -> LONG.compareAndSet(one, 16L, 0L, 1L),
        () -> Pair.await(() -> (long) LONG.getVolatile(two, 8L) == 1));
  }

  /** One buffer and one segment over the same bytes. */
  static void segmentAsBuffer(boolean ordered) throws Exception {
    MemorySegment segment = Arena.ofAuto().allocate(64, 8);
    ByteBuffer buffer = segment.asByteBuffer();
    Pair.pass(
        ordered,
        () -> INT.setRelease(segment, 8L, 1),
        () -> Pair.await(() -> (int) BUFFER.getAcquire(buffer, 8) == 1));
  }

  static void memberOfAStruct(boolean ordered) throws Exception {
    MemorySegment segment = Arena.ofAuto().allocate(PAIR);
    Pair.pass(
        ordered,
        () -> RIGHT.setVolatile(segment, 0L, 1),
        () -> Pair.await(() -> (int) RIGHT.getAcquire(segment, 0L) == 1));
  }

  static void placeInASequence(boolean ordered) throws Exception {
    MemorySegment segment = Arena.ofAuto().allocate(ROW);
    Pair.pass(
        ordered,
        () -> PLACE.getAndSet(segment, 0L, 3L, 1L),
        () -> Pair.await(() -> (long) PLACE.getVolatile(segment, 0L, 3L) == 1));
  }

  /** A handle made of another, with its coordinates given before. */
  static void boundHandle(boolean ordered) throws Exception {
    int[] array = new int[8];
    VarHandle third = MethodHandles.insertCoordinates(INTS, 1, 3);
    Pair.pass(
        ordered,
        () -> third.setVolatile(array, 1),
        () -> Pair.await(() -> (int) INTS.getVolatile(array, 3) == 1));
  }

  static void boundToAll(boolean ordered) throws Exception {
    int[] array = new int[8];
    VarHandle variable = MethodHandles.insertCoordinates(INTS, 0, array, 3);
    Pair.pass(
        ordered,
        () -> variable.setRelease(1),
        () -> Pair.await(() -> (int) variable.getAcquire() == 1));
  }

  /** Generic, as it is named by no type, and exact: both are the same variable. */
  static void exactAndNot(boolean ordered) throws Exception {
    long[] array = new long[4];
    VarHandle handle = MethodHandles.arrayElementVarHandle(long[].class);
    VarHandle exact = handle.withInvokeExactBehavior();
    Pair.pass(
        ordered,
        () -> handle.setVolatile(array, 2, 1),
        () -> Pair.await(() -> (long) exact.getVolatile(array, 2) == 1L));
  }
}
