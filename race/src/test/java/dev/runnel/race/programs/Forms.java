package dev.runnel.race.programs;

import dev.runnel.race.programs.above.Above;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;

/** What classes and methods can look like. Two threads do the same; if ordered, with a lock. */
@SuppressWarnings({
  "unused",
  "ClassCanBeStatic",
  "UnnecessaryLambda",
  "ArrayRecordComponent",
  "ImmutableEnumChecker",
  "HidingField",
  "MutablePublicArray"
})
final class Forms {
  private int own;
  private long wide;

  private Forms() {}

  private static int oneAndTheOther(boolean first, Forms a, Forms b) {
    return (first ? a : b).own + b.own;
  }

  /** The second read is of an object that the first one might have been of, and was not. */
  static void oneOfTwo(boolean ordered) throws Exception {
    Forms read = new Forms();
    Forms written = new Forms();
    Pair.guarded(
        ordered,
        () -> Objects.checkIndex(oneAndTheOther(true, read, written), 2),
        () -> written.own = 1);
  }

  static void lambda(boolean ordered) throws Exception {
    Forms shared = new Forms();
    UnaryOperator<IntSupplier> outer = inner -> () -> shared.own += inner.getAsInt();
    IntSupplier both = outer.apply(() -> 1);
    Pair.twice(ordered, () -> Objects.checkIndex(both.getAsInt(), Integer.MAX_VALUE));
  }

  record Point(int x, int[] at) {
    private static long made;

    Point {
      if (x < 0) {
        throw new IllegalArgumentException();
      }
      made++;
    }

    void move() {
      at[x]++;
    }
  }

  static void recordComponent(boolean ordered) throws Exception {
    Point point = new Point(1, new int[2]);
    Pair.twice(ordered, point::move);
  }

  static void recordConstructor(boolean ordered) throws Exception {
    Pair.twice(ordered, () -> new Point(0, new int[1]).move());
  }

  enum Level {
    LOW {
      @Override
      void raise() {
        reached += 1.0;
      }
    },
    HIGH {
      @Override
      void raise() {
        reached -= 1.0;
      }
    };

    double reached;

    abstract void raise();
  }

  static void enumConstant(boolean ordered) throws Exception {
    Pair.twice(ordered, () -> Level.valueOf("LOW").raise());
  }

  private final class Inner {
    void count() {
      own++;
      wide += own;
    }
  }

  static void innerClass(boolean ordered) throws Exception {
    Forms shared = new Forms();
    Pair.twice(ordered, () -> shared.new Inner().count());
  }

  static void anonymousClass(boolean ordered) throws Exception {
    Runnable shared =
        new Runnable() {
          private byte times;

          @Override
          public void run() {
            times++;
          }
        };
    Pair.twice(ordered, shared::run);
  }

  abstract static class Holder<T> {
    T held;

    abstract Holder<T> put(T value);
  }

  static final class TextHolder extends Holder<String> {
    @Override
    TextHolder put(String value) {
      held = value;
      return this;
    }
  }

  static void bridge(boolean ordered) throws Exception {
    Holder<String> shared = new TextHolder();
    Pair.twice(ordered, () -> shared.put("a"));
  }

  static class Base {
    int value;

    Base(int value, Object unused) {
      this.value = value;
    }
  }

  /** Much is done before the superclass's constructor, also making others of its own kind. */
  static final class Early extends Base {
    static int made;
    int value;

    Early(boolean more) {
      made++;
      int first = more ? new Early(false).value : made;
      this.value = first;
      super(first, more ? new Early(false) : new Object());
      super.value++;
      this.value++;
    }

    Early() {
      this(true);
    }
  }

  static void beforeSuper(boolean ordered) throws Exception {
    Pair.twice(ordered, Early::new);
  }

  static void shadowedField(boolean ordered) throws Exception {
    Early shared = new Early();
    Base asBase = shared;
    Pair.both(
        () -> shared.value++,
        () -> {
          if (ordered) {
            asBase.value++;
          } else {
            shared.value++;
          }
        });
  }

  static void fieldOfAClassThatCantBeNamed(boolean ordered) throws Exception {
    Above.ofClass = 1;
    Pair.twice(ordered, () -> Above.ofClass++);
  }

  private interface Counting {
    int[] COUNTS = new int[4];

    static void one() {
      COUNTS[1]++;
    }

    default void two() {
      three();
    }

    private void three() {
      COUNTS[3]++;
    }
  }

  static void methodsOfInterfaces(boolean ordered) throws Exception {
    Counting counting = new Counting() {};
    Pair.twice(
        ordered,
        () -> {
          Counting.one();
          counting.two();
        });
  }

  static void exceptionHandlers(boolean ordered) throws Exception {
    Forms shared = new Forms();
    Pair.twice(
        ordered,
        () -> {
          try {
            throw new IOException(Long.toString(shared.wide++));
          } catch (IOException e) {
            shared.own += e.getMessage().length();
          } finally {
            shared.own++;
          }
        });
  }

  /** Methods of which some only have the names of a map's. */
  private static final class Lookalike extends HashMap<Object, Object> {
    private static final long serialVersionUID = 1;
    private int uses;

    Object get(long key) {
      return uses++;
    }

    void put(long key, Object value) {
      uses += (int) key;
    }

    int compute(Object key, String how) {
      return uses += how.length();
    }

    boolean replace(Object key, long value) {
      return uses++ == value;
    }

    void replaceAll(int from) {
      uses = from;
    }
  }

  static void methodsNamedLikeAMaps(boolean ordered) throws Exception {
    Lookalike shared = new Lookalike();
    Pair.twice(
        ordered,
        () -> {
          shared.put(1L, shared.get(2L));
          shared.replaceAll(shared.compute("a", "b"));
          Objects.checkIndex(shared.replace("a", 3L) ? 0 : 1, 2);
          shared.putAll(Map.of());
        });
  }

  static void manyArguments(boolean ordered) throws Exception {
    List<Forms> shared = new ArrayList<>(List.of(new Forms()));
    Pair.twice(ordered, () -> shared.getFirst().fill(1, 2L, 3.0, "4", 5L, new long[6], (byte) 7));
  }

  private void fill(int a, long b, double c, String d, long e, long[] f, byte g) {
    long sum = a + b + (long) c + d.length();
    f[(int) e] = sum + g;
    wide = f[(int) e];
  }
}
