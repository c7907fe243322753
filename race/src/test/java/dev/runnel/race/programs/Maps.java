package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/** Concurrent maps, of which keys are told apart, and sets and lists. */
@SuppressWarnings("unused")
final class Maps {
  private Maps() {}

  private static ConcurrentMap<Integer, String> filled(
      ConcurrentMap<Integer, String> map, int size) {
    for (int i = 0; i < size; i++) {
      map.put(i, "");
    }
    return map;
  }

  private static void put(boolean ordered, ConcurrentMap<Integer, String> map, int key)
      throws Exception {
    Pair.pass(ordered, () -> map.put(key, "x"), () -> Pair.await(() -> "x".equals(map.get(key))));
  }

  /** One puts a key; the other looks, later and without knowing, for that one or for another. */
  private static void others(Map<Integer, String> map, int put, Consumer<Integer> look, int looked)
      throws Exception {
    Cell cell = new Cell();
    Pair.both(
        () -> {
          cell.value = 1;
          map.put(put, "x");
          Pair.signal();
        },
        () -> {
          Pair.awaitSignal();
          look.accept(looked);
          cell.value++;
        });
  }

  static void hashMap(boolean ordered) throws Exception {
    put(ordered, new ConcurrentHashMap<>(), 1);
  }

  static void oldKey(boolean ordered) throws Exception {
    put(ordered, filled(new ConcurrentHashMap<>(), 3), 1);
  }

  /** So many bins that looking for one among all would take minutes. */
  static void largeMap(boolean ordered) throws Exception {
    put(ordered, filled(new ConcurrentHashMap<>(), 50_000), 4_321);
  }

  /** So many in one bin that it is a tree. */
  static void tree(boolean ordered) throws Exception {
    record Key(int id) implements Comparable<Key> {
      @Override
      public int hashCode() {
        return 1;
      }

      @Override
      public int compareTo(Key other) {
        return Integer.compare(id, other.id);
      }
    }
    ConcurrentHashMap<Key, String> map = new ConcurrentHashMap<>(128);
    for (int i = 0; i < 20; i++) {
      map.put(new Key(i), "");
    }
    Pair.pass(
        ordered,
        () -> map.put(new Key(33), "x"),
        () -> Pair.await(() -> map.get(new Key(33)) != null));
  }

  static void otherKey(boolean ordered) throws Exception {
    Map<Integer, String> map = new ConcurrentHashMap<>();
    others(map, 1, map::get, ordered ? 1 : 2);
  }

  static void otherOldKey(boolean ordered) throws Exception {
    Map<Integer, String> map = filled(new ConcurrentHashMap<>(), 100);
    others(map, 1, map::get, ordered ? 1 : 2);
  }

  /** Two threads that put two keys learn nothing of one another. */
  static void puttingAnotherKey(boolean ordered) throws Exception {
    Map<Integer, String> map = new ConcurrentHashMap<>();
    others(map, 1, key -> map.put(key, "y"), ordered ? 1 : 2);
  }

  static void otherKeyOfALargeMap(boolean ordered) throws Exception {
    Map<Integer, String> map = new ConcurrentHashMap<>(40_000);
    Cell cell = new Cell();
    Pair.both(
        () -> {
          cell.value = 1;
          for (int i = 0; i < 40_000; i += 2) {
            map.put(i, "x");
          }
          Pair.signal();
        },
        () -> {
          Pair.awaitSignal();
          for (int i = ordered ? 0 : 1; i < 40_000; i += 2) {
            map.get(i);
          }
          cell.value++;
        });
  }

  /** What was put is found after the table has grown, by whoever makes it grow. */
  static void growing(boolean ordered) throws Exception {
    Map<Integer, String> map = new ConcurrentHashMap<>();
    Pair.all(
        all -> {
          for (int i = 0; i < 2_000; i++) {
            map.put(-i, "y");
          }
        },
        all ->
            Pair.pass(ordered, () -> map.put(7, "x"), () -> Pair.await(() -> map.get(7) != null)));
  }

  /** The function is run by one thread after the other. */
  static void compute(boolean ordered) throws Exception {
    ConcurrentHashMap<Integer, String> map = new ConcurrentHashMap<>();
    Cell cell = new Cell();
    Pair.both(() -> compute(map, 1, cell), () -> compute(map, ordered ? 1 : 2, cell));
  }

  private static void compute(Map<Integer, String> map, int key, Cell cell) {
    for (int i = 0; i < 10; i++) {
      map.compute(
          key,
          (k, old) -> {
            cell.value++;
            return old == null ? "" : null;
          });
    }
  }

  static void computeIfAbsent(boolean ordered) throws Exception {
    ConcurrentHashMap<Integer, Cell> map = new ConcurrentHashMap<>();
    Pair.Step step =
        () -> {
          Cell made =
              map.computeIfAbsent(
                  1,
                  k -> {
                    Cell cell = new Cell();
                    cell.value = 5;
                    return cell;
                  });
          if (ordered) {
            int seen = made.value;
          } else {
            made.value++;
          }
        };
    Pair.both(step, step);
  }

  static void merge(boolean ordered) throws Exception {
    ConcurrentHashMap<Integer, Integer> map = new ConcurrentHashMap<>(Map.of(1, 0, 2, 0));
    Cell cell = new Cell();
    Pair.both(() -> merge(map, 1, cell), () -> merge(map, ordered ? 1 : 2, cell));
  }

  private static void merge(Map<Integer, Integer> map, int key, Cell cell) {
    map.merge(
        key,
        1,
        (a, b) -> {
          cell.value++;
          return a + b;
        });
  }

  static void removed(boolean ordered) throws Exception {
    ConcurrentHashMap<Integer, String> map = new ConcurrentHashMap<>(Map.of(1, "a"));
    Pair.pass(ordered, () -> map.remove(1), () -> Pair.await(() -> !map.containsKey(1)));
  }

  static void size(boolean ordered) throws Exception {
    ConcurrentHashMap<Integer, String> map = new ConcurrentHashMap<>();
    Pair.pass(ordered, () -> map.put(1, ""), () -> Pair.await(() -> map.size() == 1));
  }

  static void iterated(boolean ordered) throws Exception {
    Set<Integer> set = ConcurrentHashMap.newKeySet();
    Pair.pass(
        ordered, () -> set.add(3), () -> Pair.await(() -> set.stream().anyMatch(i -> i == 3)));
  }

  static void skipListMap(boolean ordered) throws Exception {
    put(ordered, filled(new ConcurrentSkipListMap<>(), 100), 101);
  }

  static void oldKeyOfSkipListMap(boolean ordered) throws Exception {
    put(ordered, filled(new ConcurrentSkipListMap<>(), 1_000), 500);
  }

  static void otherKeyOfSkipListMap(boolean ordered) throws Exception {
    Map<Integer, String> map = filled(new ConcurrentSkipListMap<>(), 100);
    others(map, 5, map::get, ordered ? 5 : 77);
  }

  static void otherSkipListMap(boolean ordered) throws Exception {
    Map<Integer, String> one = new ConcurrentSkipListMap<>();
    Map<Integer, String> two = filled(new ConcurrentSkipListMap<>(), 10);
    others(one, 5, (ordered ? one : two)::get, 5);
  }

  static void skipListMapInOrder(boolean ordered) throws Exception {
    ConcurrentSkipListMap<Integer, String> map = new ConcurrentSkipListMap<>(Map.of(1, "", 5, ""));
    Pair.pass(
        ordered,
        () -> map.put(3, "x"),
        () -> Pair.await(() -> map.headMap(4).lastEntry().getKey() == 3));
  }

  static void skipListSet(boolean ordered) throws Exception {
    ConcurrentSkipListSet<Integer> set = new ConcurrentSkipListSet<>(List.of(1, 2, 3));
    Pair.pass(ordered, set::pollFirst, () -> Pair.await(() -> set.first() == 2));
  }

  static void skipListIterator(boolean ordered) throws Exception {
    ConcurrentSkipListSet<Integer> set = new ConcurrentSkipListSet<>(List.of(1, 2, 3));
    Pair.pass(
        ordered,
        () -> set.add(4),
        () ->
            Pair.await(() -> {
              int sum = 0;
              for (int i : set) {
                sum += i;
              }
              return sum == 10;
            }));
  }

  static void copyOnWriteList(boolean ordered) throws Exception {
    CopyOnWriteArrayList<String> list = new CopyOnWriteArrayList<>();
    Pair.pass(ordered, () -> list.add("a"), () -> Pair.await(() -> !list.isEmpty()));
  }

  static void copyOnWriteIterator(boolean ordered) throws Exception {
    CopyOnWriteArrayList<Integer> list = new CopyOnWriteArrayList<>(List.of(1, 2));
    Pair.pass(ordered, () -> list.set(0, 7), () -> Pair.await(() -> list.iterator().next() == 7));
  }

  static void copyOnWriteSet(boolean ordered) throws Exception {
    CopyOnWriteArraySet<String> set = new CopyOnWriteArraySet<>();
    Pair.pass(ordered, () -> set.add("a"), () -> Pair.await(() -> set.contains("a")));
  }
}
