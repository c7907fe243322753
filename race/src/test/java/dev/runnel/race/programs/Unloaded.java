package dev.runnel.race.programs;

import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/** A map that lives on when the classes of what was a key in it could be unloaded. */
public final class Unloaded {
  /** To be loaded by another loader. */
  enum Key {
    ONE
  }

  private static final class Own extends ClassLoader {
    Class<?> define(byte[] bytes) {
      return defineClass(null, bytes, 0, bytes.length);
    }
  }

  private Unloaded() {}

  public static void main(String[] args) throws Exception {
    Map<Object, Integer> map = new HashMap<>();
    WeakReference<ClassLoader> first = use(map, true);
    WeakReference<ClassLoader> second = use(map, false);
    for (int i = 0; i < 100 && !(first.refersTo(null) && second.refersTo(null)); i++) {
      System.gc();
    }
    map.put("a", 1);
    System.out.println(
        first.refersTo(null) && second.refersTo(null) ? "unloaded" : "kept " + first.get());
  }

  private static WeakReference<ClassLoader> use(Map<Object, Integer> map, boolean constant)
      throws Exception {
    Own loader = new Own();
    try (InputStream in = Unloaded.class.getResourceAsStream("Unloaded$Key.class")) {
      Class<?> type = loader.define(in.readAllBytes());
      Object key = constant ? type.getEnumConstants()[0] : type;
      map.put(key, 1);
      map.put(key, 2);
      map.remove(key);
    }
    return new WeakReference<>(loader);
  }
}
