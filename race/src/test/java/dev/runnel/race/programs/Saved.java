package dev.runnel.race.programs;

import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Classes that are written to streams, and by which versions they are known there. */
@SuppressWarnings({"unused", "serial"})
public final class Saved {
  private Saved() {}

  public static void main(String[] args) {
    System.out.println(versions());
  }

  public static List<Long> versions() {
    List<Class<?>> types =
        List.of(Plain.class, Rich.class, Below.class, Made.class, Level.class, Point.class);
    return types.stream().map(t -> ObjectStreamClass.lookup(t).getSerialVersionUID()).toList();
  }

  static class Plain implements Serializable {
    int count;
  }

  abstract static class Rich implements Supplier<String>, Serializable {
    static final List<String> ALL = new ArrayList<>();
    private static int made;
    protected transient volatile long seen;
    private transient int hidden;
    private double[][] rows;

    protected Rich(int a, String... b) {
      made += a;
    }

    private Rich() {}

    @Override
    public String get() {
      return "a" + seen;
    }

    synchronized void touch(List<String> text) {
      seen++;
      text.forEach(t -> hidden++);
    }
  }

  static final class Below extends ArrayList<String> {
    int more;
  }

  private static final class Made implements Serializable {
    private static final long serialVersionUID = 42;
    int count;
  }

  enum Level {
    LOW,
    HIGH
  }

  record Point(int x, int y) implements Serializable {}
}
