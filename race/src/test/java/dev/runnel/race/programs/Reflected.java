package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/** Fields by reflection, by updaters; methods by reflection and by handles. */
@SuppressWarnings("unused")
final class Reflected {
  private static final AtomicIntegerFieldUpdater<Reflected> NUMBERS =
      AtomicIntegerFieldUpdater.newUpdater(Reflected.class, "number");
  private static final AtomicLongFieldUpdater<Reflected> WIDES =
      AtomicLongFieldUpdater.newUpdater(Reflected.class, "wide");
  private static final AtomicReferenceFieldUpdater<Reflected, String> TEXTS =
      AtomicReferenceFieldUpdater.newUpdater(Reflected.class, String.class, "text");

  private volatile int number;
  private volatile long wide;
  private volatile String text = "a";
  private volatile boolean told;
  private static volatile int shared;
  private int plain;

  private Reflected() {}

  private static Field field(String name) throws Exception {
    return Reflected.class.getDeclaredField(name);
  }

  static void writtenByReflection(boolean ordered) throws Exception {
    Field field = field("number");
    Reflected on = new Reflected();
    Pair.pass(ordered, () -> field.setInt(on, 1), () -> Pair.await(() -> on.number == 1));
  }

  static void readByReflection(boolean ordered) throws Exception {
    Field field = field("wide");
    Reflected on = new Reflected();
    Pair.pass(ordered, () -> on.wide = 1, () -> Pair.await(() -> field.getLong(on) == 1));
  }

  static void boxed(boolean ordered) throws Exception {
    Field field = field("told");
    Reflected on = new Reflected();
    Pair.pass(ordered, () -> field.set(on, true), () -> Pair.await(() -> (Boolean) field.get(on)));
  }

  static void reference(boolean ordered) throws Exception {
    Field one = field("text");
    Field two = field("text"); // another object for the same field
    Reflected on = new Reflected();
    Pair.pass(ordered, () -> one.set(on, "b"), () -> Pair.await(() -> two.get(on).equals("b")));
  }

  static void staticField(boolean ordered) throws Exception {
    Field field = field("shared");
    Pair.pass(ordered, () -> field.setInt(null, 1), () -> Pair.await(() -> shared == 1));
    shared = 0;
  }

  /** A field that is not volatile passes nothing on. */
  static void plainField(boolean ordered) throws Exception {
    Field field = field(ordered ? "number" : "plain");
    Reflected on = new Reflected();
    setAndGet(field, on, field, on);
  }

  static void otherField(boolean ordered) throws Exception {
    Reflected on = new Reflected();
    setAndGet(field("number"), on, field(ordered ? "number" : "wide"), on);
  }

  static void otherObject(boolean ordered) throws Exception {
    Field field = field("number");
    Reflected on = new Reflected();
    setAndGet(field, on, field, ordered ? on : new Reflected());
  }

  private static void setAndGet(Field one, Reflected on, Field two, Reflected other)
      throws Exception {
    Cell cell = new Cell();
    Pair.inTurn(
        () -> {
          cell.value = 1;
          one.setInt(on, 1);
        },
        () -> {
          Object seen = two.get(other);
          cell.value++;
        });
  }

  /** What a method does that is called by reflection is its own. */
  static void calledByReflection(boolean ordered) throws Exception {
    var method = Pair.class.getDeclaredMethod("increment", Cell.class);
    Cell cell = new Cell();
    Pair.guarded(ordered, () -> method.invoke(null, cell), () -> method.invoke(null, cell));
  }

  static void calledByHandle(boolean ordered) throws Exception {
    MethodType type = MethodType.methodType(void.class, Cell.class);
    MethodHandle method = MethodHandles.lookup().findStatic(Pair.class, "increment", type);
    Cell cell = new Cell();
    Pair.guarded(ordered, () -> call(method, cell), () -> call(method, cell));
  }

  private static void call(MethodHandle method, Cell cell) {
    try {
      method.invokeExact(cell);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static void updaterExchanges(boolean ordered) throws Exception {
    Reflected on = new Reflected();
    Pair.pass(
        ordered,
        () -> TEXTS.getAndSet(on, "b"),
        () -> Pair.await(() -> TEXTS.compareAndSet(on, "b", "c")));
  }

  static void updaterSets(boolean ordered) throws Exception {
    Reflected on = new Reflected();
    Pair.pass(ordered, () -> NUMBERS.lazySet(on, 1), () -> Pair.await(() -> NUMBERS.get(on) == 1));
  }

  static void updaterAdds(boolean ordered) throws Exception {
    Reflected on = new Reflected();
    Pair.pass(
        ordered,
        () -> WIDES.accumulateAndGet(on, 3, Long::sum),
        () -> Pair.await(() -> WIDES.getAndUpdate(on, i -> i) == 3));
  }

  static void updaterAndReflection(boolean ordered) throws Exception {
    Field field = field("number");
    Reflected on = new Reflected();
    Pair.pass(
        ordered, () -> NUMBERS.incrementAndGet(on), () -> Pair.await(() -> field.getInt(on) == 1));
  }

  static void updaterOfAnother(boolean ordered) throws Exception {
    Reflected on = new Reflected();
    Reflected other = ordered ? on : new Reflected();
    Cell cell = new Cell();
    Pair.inTurn(
        () -> {
          cell.value = 1;
          NUMBERS.set(on, 1);
        },
        () -> {
          int seen = NUMBERS.get(other);
          cell.value++;
        });
  }

  private record Point(int x, Cell cell) {}

  static void component(boolean ordered) throws Exception {
    var accessor = Point.class.getRecordComponents()[1].getAccessor();
    Point point = new Point(1, new Cell());
    Pair.Step step = () -> ((Cell) accessor.invoke(point)).value++;
    Pair.twice(ordered, step);
  }
}
