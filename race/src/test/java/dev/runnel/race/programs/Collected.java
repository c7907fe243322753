package dev.runnel.race.programs;

import java.text.SimpleDateFormat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The JDK's collections, and others of its classes that are not safe for threads: two threads use
 * one, in the ordered program under a lock.
 */
@SuppressWarnings({"unused", "JavaUtilDate", "JdkObsolete", "ReturnValueIgnored"})
final class Collected {
  private enum Colour {
    RED,
    GREEN
  }

  /** Of the program's own, with a method of the JDK's inherited and another replaced. */
  private static final class Cache extends LinkedHashMap<Integer, String> {
    private static final long serialVersionUID = 1;

    Cache() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, String> eldest) {
      return size() > 2;
    }
  }

  private Collected() {}

  static void mapWrites(boolean ordered) throws Exception {
    Map<String, Integer> map = new HashMap<>();
    Pair.guarded(ordered, () -> map.put("a", 1), () -> map.put("b", 2));
  }

  static void mapReadAndWrite(boolean ordered) throws Exception {
    Map<String, Integer> map = new HashMap<>();
    Pair.guarded(ordered, () -> map.get("a"), () -> map.computeIfAbsent("b", _ -> 2));
  }

  /** Different keys that are there already may be set at the same time, one key may not. */
  static void oneKey(boolean ordered) throws Exception {
    Map<String, Integer> map = new HashMap<>(Map.of("a", 0, "b", 0));
    Pair.both(() -> map.put("a", 1), () -> map.merge(ordered ? "b" : "a", 1, Integer::sum));
  }

  static void oneIndex(boolean ordered) throws Exception {
    List<Integer> list = new ArrayList<>(List.of(1, 2, 3));
    Pair.both(() -> list.set(0, 1), () -> list.set(ordered ? 1 : 0, 2));
  }

  static void treeMap(boolean ordered) throws Exception {
    TreeMap<String, Integer> map = new TreeMap<>();
    Pair.guarded(ordered, () -> map.put("a", 1), () -> map.headMap("b").size());
  }

  static void enumMap(boolean ordered) throws Exception {
    Map<Colour, Integer> map = new EnumMap<>(Colour.class);
    Pair.guarded(ordered, () -> map.put(Colour.RED, 1), () -> map.containsKey(Colour.GREEN));
  }

  /**
   * One that locks where it replaces what it inherits is left alone, by whatever way it is used.
   */
  private static final class Guarded extends HashMap<String, Integer> {
    private static final long serialVersionUID = 1;

    @Override
    public synchronized Integer get(Object key) {
      return super.get(key);
    }

    @Override
    public synchronized Integer put(String key, Integer value) {
      return super.put(key, value);
    }
  }

  static void guardedBySubclass(boolean ordered) throws Exception {
    Map<String, Integer> map = ordered ? new Guarded() : new HashMap<>();
    Map<String, Integer> view = Collections.unmodifiableMap(map);
    Pair.both(() -> map.put("a", 1), () -> view.get("a"));
  }

  /** Keys that are equal, but not the same, are two. */
  static void identicalKeys(boolean ordered) throws Exception {
    String one = "xa".substring(1);
    String two = "xa".substring(1);
    IdentityHashMap<String, Integer> map = new IdentityHashMap<>();
    map.put(one, 0);
    map.put(two, 0);
    Pair.both(
        () -> map.put(one, 1),
        () -> {
          if (ordered) {
            map.put(two, 2);
          } else {
            map.remove(two);
          }
        });
  }

  /** Here a read changes the order, and two may not be at once. */
  static void cacheReads(boolean ordered) throws Exception {
    Cache cache = new Cache();
    cache.put(1, "a");
    cache.put(2, "b");
    Pair.guarded(ordered, () -> cache.get(1), () -> cache.get(1));
  }

  static void list(boolean ordered) throws Exception {
    List<String> list = new ArrayList<>();
    Pair.guarded(ordered, () -> list.add("a"), () -> list.add("b"));
  }

  static void iterator(boolean ordered) throws Exception {
    List<String> list = new ArrayList<>(List.of("a", "b"));
    Pair.guarded(
        ordered,
        () -> {
          for (String s : list) {
            Pair.signal();
          }
        },
        () -> list.add("c"));
  }

  static void oneIterator(boolean ordered) throws Exception {
    Iterator<String> iterator = new ArrayList<>(List.of("a", "b")).iterator();
    Pair.guarded(ordered, () -> iterator.next(), () -> iterator.next());
  }

  static void methodReference(boolean ordered) throws Exception {
    List<Integer> list = new ArrayList<>();
    if (ordered) {
      IntStream.range(0, 1000).boxed().parallel().forEachOrdered(list::add);
    } else {
      Pair.both(
          () -> IntStream.range(0, 10).boxed().forEach(list::add),
          () -> IntStream.range(0, 10).boxed().forEach(list::add));
    }
  }

  static void view(boolean ordered) throws Exception {
    Map<String, Integer> map = new HashMap<>(Map.of("a", 1));
    Set<String> keys = Collections.unmodifiableMap(map).keySet();
    Pair.guarded(ordered, () -> keys.contains("a"), () -> map.put("b", 2));
  }

  static void partOfAList(boolean ordered) throws Exception {
    List<String> list = new ArrayList<>(List.of("a", "b", "c"));
    List<String> part = list.subList(0, 2);
    Pair.guarded(ordered, () -> part.get(0), () -> list.sort(null));
  }

  static void copied(boolean ordered) throws Exception {
    List<String> list = new ArrayList<>(List.of("a"));
    Pair.guarded(ordered, () -> new HashSet<>(list), () -> list.add("b"));
  }

  static void set(boolean ordered) throws Exception {
    Set<String> set = new HashSet<>();
    Pair.guarded(ordered, () -> set.add("a"), () -> set.contains("b"));
  }

  static void linkedList(boolean ordered) throws Exception {
    LinkedList<String> list = new LinkedList<>(List.of("a", "b"));
    Pair.guarded(ordered, list::removeFirst, () -> list.addLast("c"));
  }

  static void deque(boolean ordered) throws Exception {
    ArrayDeque<String> deque = new ArrayDeque<>(List.of("a"));
    Pair.guarded(ordered, () -> deque.poll(), () -> deque.push("b"));
  }

  static void priorityQueue(boolean ordered) throws Exception {
    PriorityQueue<String> queue = new PriorityQueue<>();
    Pair.guarded(ordered, () -> queue.offer("a"), () -> queue.peek());
  }

  static void bitSet(boolean ordered) throws Exception {
    BitSet bits = new BitSet();
    Pair.guarded(ordered, () -> bits.set(1), () -> bits.set(2));
  }

  static void stringBuilder(boolean ordered) throws Exception {
    StringBuilder text = new StringBuilder();
    Pair.guarded(ordered, () -> text.append("a"), () -> text.append("b"));
  }

  static void dateFormat(boolean ordered) throws Exception {
    SimpleDateFormat format = new SimpleDateFormat("yyyy");
    Pair.guarded(ordered, () -> format.format(new Date(0)), () -> format.parse("2026"));
  }

  /** What was found in a list that was locked is looked at after the lock is given back. */
  static void synchronizedList(boolean ordered) throws Exception {
    List<String> list = Collections.synchronizedList(new ArrayList<>(List.of("a")));
    Pair.both(
        () -> list.add("b"),
        () -> {
          if (ordered) {
            synchronized (list) {
              for (String s : list) {
                Pair.signal();
              }
            }
          } else {
            for (Iterator<String> i = list.iterator(); i.hasNext(); i.next()) {
              Pair.signal();
            }
          }
        });
  }
}
