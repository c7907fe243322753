package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** What the JDK does with many values at once, on the common pool and on the caller's thread. */
@SuppressWarnings("unused")
final class Bulk {
  private Bulk() {}

  private static ConcurrentHashMap<Integer, Cell> map(int size) {
    ConcurrentHashMap<Integer, Cell> map = new ConcurrentHashMap<>();
    for (int i = 0; i < size; i++) {
      map.put(i, new Cell());
    }
    return map;
  }

  /** So that other threads take part; then who comes next finds what they have done. */
  private static void use(Cell mine, Cell shared, boolean ordered) {
    Cell cell = ordered ? mine : shared;
    cell.value++;
    LockSupport.parkNanos(50_000);
  }

  static void forEachInParallel(boolean ordered) throws Exception {
    ConcurrentHashMap<Integer, Cell> map = map(200);
    Cell shared = new Cell();
    map.forEach(1, (key, cell) -> use(cell, shared, ordered));
    map.values().forEach(cell -> cell.value++);
  }

  static void reducedInParallel(boolean ordered) throws Exception {
    ConcurrentHashMap<Integer, Cell> map = map(200);
    Cell shared = new Cell();
    Cell sum =
        map.reduce(
            1,
            (key, cell) -> {
              use(cell, shared, ordered);
              return cell;
            },
            (a, b) -> {
              a.value += b.value;
              return a;
            });
    sum.value++;
  }

  static void searchedInParallel(boolean ordered) throws Exception {
    ConcurrentHashMap<Integer, Cell> map = map(200);
    Cell shared = new Cell();
    Cell found =
        map.searchValues(
            1,
            cell -> {
              use(new Cell(), shared, ordered);
              return null;
            });
    assert found == null;
    map.get(1).value++;
  }

  static void parallelSetAll(boolean ordered) throws Exception {
    Cell[] cells = new Cell[400];
    Cell shared = new Cell();
    Arrays.parallelSetAll(
        cells,
        i -> {
          Cell made = new Cell();
          use(made, shared, ordered);
          return made;
        });
    for (Cell cell : cells) {
      cell.value++;
    }
  }

  static void parallelPrefix(boolean ordered) throws Exception {
    Cell[] cells = map(400).values().toArray(Cell[]::new);
    Cell shared = new Cell();
    Arrays.parallelPrefix(
        cells,
        (a, b) -> {
          Cell sum = new Cell();
          sum.value = a.value + b.value;
          use(sum, shared, ordered);
          return sum;
        });
    cells[399].value++;
  }
}
