package dev.runnel.race.programs;

import java.io.Flushable;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.EventListener;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What a method of a collection reads and writes, to a value: in the ordered program something that
 * another thread does not use at the same time.
 */
@SuppressWarnings({"unused", "JdkObsolete", "ModifiedButNotUsed", "ReturnValueIgnored"})
final class CollectedValues {
  private CollectedValues() {}

  private static List<Integer> list(int size) {
    return told(new ArrayList<>(Collections.nCopies(size, 0)));
  }

  /** Values are told apart as soon as one has been set, of a list that others may know. */
  private static List<Integer> told(List<Integer> list) {
    if (!list.isEmpty()) {
      list.set(0, 1);
    }
    return list;
  }

  private static Map<String, Integer> map() {
    return told(new HashMap<>(Map.of("a", 0, "b", 0)), "a");
  }

  private static <K> Map<K, Integer> told(Map<K, Integer> map, K key) {
    map.put(key, 1);
    return map;
  }

  /** To change the order of one value is to do nothing. */
  static void tooFewToMove(boolean ordered) throws Exception {
    List<Integer> list = list(ordered ? 1 : 2);
    Pair.both(
        () -> {
          Collections.reverse(list);
          Collections.shuffle(list, new Random(1));
          Collections.rotate(list, 1);
        },
        () -> list.get(0));
  }

  static void noneToFill(boolean ordered) throws Exception {
    List<Integer> list = list(ordered ? 0 : 1);
    Pair.both(() -> Collections.fill(list, 1), () -> Collections.fill(list, 2));
  }

  static void noneToAdd(boolean ordered) throws Exception {
    ArrayDeque<Integer> deque = new ArrayDeque<>(list(1));
    Integer[] more = ordered ? new Integer[0] : new Integer[] {2};
    Pair.both(() -> Collections.addAll(deque, more), deque::peek);
  }

  static void middleOfWhatIsReversed(boolean ordered) throws Exception {
    List<Integer> list = list(3);
    Pair.both(() -> Collections.reverse(list), () -> list.get(ordered ? 1 : 2));
  }

  static void firstOfWhatIsShuffled(boolean ordered) throws Exception {
    List<Integer> list = list(3);
    Pair.both(() -> Collections.shuffle(list, new Random(1)), () -> list.get(ordered ? 0 : 2));
  }

  static void rotatedAllTheWay(boolean ordered) throws Exception {
    List<Integer> list = list(3);
    Pair.both(() -> Collections.rotate(list, ordered ? -6 : 7), () -> list.get(1));
  }

  static void partsOfOneList(boolean ordered) throws Exception {
    List<Integer> list = list(4);
    List<Integer> begin = list.subList(0, 2);
    List<Integer> end = list.subList(2, 4);
    Pair.both(
        () -> Collections.fill(begin, 1),
        () -> {
          Collections.fill(end, 2);
          if (!ordered) {
            end.add(3);
          }
        });
  }

  /** Where a read changes the order, that of what is not there, or was last read, does not. */
  static void readsThatChangeNoOrder(boolean ordered) throws Exception {
    Map<Integer, String> map = new LinkedHashMap<>(16, 0.75f, true);
    map.put(1, "a");
    map.put(2, "b");
    Pair.both(
        () -> map.get(ordered ? 3 : 1),
        () -> {
          map.get(2);
          map.getOrDefault(4, "");
        });
  }

  private static final class Marks extends BitSet {
    private static final long serialVersionUID = 1;
  }

  /** Its methods have the names of a map's. */
  static void classBelowBitSet(boolean ordered) throws Exception {
    Marks marks = new Marks();
    Pair.guarded(ordered, marks::clear, () -> marks.get(1));
  }

  /** It has not come to the value that is set. */
  static void searchesThatStop(boolean ordered) throws Exception {
    List<Integer> list = list(3);
    Map<Integer, Integer> map = told(new HashMap<>(Map.of(1, 1, 2, 2)), 1);
    Pair.both(
        () -> {
          list.indexOf(1);
          list.contains(1);
          list.containsAll(List.of(1));
          list.equals(List.of(7));
          Collections.binarySearch(list, 0);
          List.of(8).containsAll(list);
          new HashSet<>(List.of(1)).removeAll(list);
          map.containsValue(1);
        },
        () -> {
          map.put(2, 3);
          if (ordered) {
            list.set(2, 5);
          } else {
            list.add(5);
          }
        });
  }

  static void reversedList(boolean ordered) throws Exception {
    List<Integer> list = list(3);
    List<Integer> reversed = list.reversed();
    Pair.guarded(ordered, () -> reversed.add(1), () -> list.get(1));
  }

  static void reversedLinkedList(boolean ordered) throws Exception {
    LinkedList<Integer> list = new LinkedList<>(list(3));
    LinkedList<Integer> reversed = list.reversed();
    Pair.guarded(ordered, () -> reversed.addFirst(1), () -> list.get(1));
  }

  static void reversedDeque(boolean ordered) throws Exception {
    ArrayDeque<Integer> deque = new ArrayDeque<>(list(3));
    Pair.guarded(ordered, () -> deque.reversed().push(1), () -> deque.peek());
  }

  static void reversedMap(boolean ordered) throws Exception {
    LinkedHashMap<String, Integer> map = new LinkedHashMap<>(map());
    Map<String, Integer> reversed = map.reversed();
    Pair.guarded(ordered, () -> reversed.put("c", 1), () -> map.get("a"));
  }

  static void reversedSet(boolean ordered) throws Exception {
    LinkedHashSet<Integer> set = new LinkedHashSet<>(list(3));
    Set<Integer> reversed = set.reversed();
    Pair.guarded(ordered, () -> reversed.remove(1), () -> set.iterator());
  }

  /** Seen from behind, it is another value that has the index. */
  static void indexFromBehind(boolean ordered) throws Exception {
    List<Integer> list = list(3);
    List<Integer> linked = told(new LinkedList<>(list));
    Pair.both(
        () -> {
          list.set(0, 2);
          linked.set(0, 3);
        },
        () -> {
          list.reversed().get(0);
          linked.reversed().get(0);
          list.reversed().set(0, 7);
          linked.reversed().set(0, 7);
          if (!ordered) {
            list.set(0, 8);
          }
        });
  }

  static void replacedIfEqual(boolean ordered) throws Exception {
    Map<String, Integer> map = map();
    Pair.both(() -> map.replace("a", ordered ? 7 : 1, 2), () -> map.get("a"));
  }

  static void replacedAll(boolean ordered) throws Exception {
    Map<String, Integer> map = map();
    if (ordered) {
      map.clear();
    }
    Pair.both(() -> map.replaceAll((key, value) -> value + 1), () -> map.get("a"));
  }

  static void sortedInPlace(boolean ordered) throws Exception {
    List<Integer> list = told(new LinkedList<>(list(3)));
    Pair.guarded(ordered, () -> list.sort(null), () -> list.get(0));
  }

  /** A value is no key. */
  static void keysBesideAValue(boolean ordered) throws Exception {
    Map<String, Integer> map = map();
    Set<String> keys = map.keySet();
    Pair.both(
        () -> {
          keys.removeAll(Set.of("c"));
          keys.retainAll(Set.of("a", "b"));
          new ArrayList<>(keys);
          Set<String> others = new HashSet<>(Arrays.asList("a", "b", "c"));
          others.removeAll(keys);
          others.addAll(keys);
          keys.toArray();
        },
        () -> map.put(ordered ? "a" : "d", 2));
  }

  private static final List<Class<?>> PARTS =
      List.of(
          Runnable.class,
          Comparable.class,
          CharSequence.class,
          AutoCloseable.class,
          Appendable.class,
          Readable.class,
          Cloneable.class,
          Serializable.class,
          Flushable.class,
          EventListener.class);

  /** A class of the JDK's own, as is one that stands for others and has no loader. */
  private static Iterable<?> ofClass(int number) {
    List<Class<?>> parts = new ArrayList<>(List.of(Iterable.class));
    for (int i = 0; i < PARTS.size(); i++) {
      if ((number >> i & 1) != 0) {
        parts.add(PARTS.get(i));
      }
    }
    return (Iterable<?>)
        Proxy.newProxyInstance(null, parts.toArray(Class<?>[]::new), (self, method, given) -> null);
  }

  /** Of each what it does is found out once, and kept. */
  static void thousandClasses(boolean ordered) throws Exception {
    Map<String, Integer> map = map();
    for (int i = 0; i < 1_000; i++) {
      ofClass(i).iterator();
    }
    Pair.guarded(ordered, () -> map.put("c", 1), () -> map.get("a"));
  }
}
