package dev.runnel.race.programs;

import dev.runnel.race.RaceIgnore;
import dev.runnel.race.programs.Pair.Cell;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CountedCompleter;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Fork and join, and the parallel streams that are built on it. */
@SuppressWarnings({"FutureReturnValueIgnored", "serial", "unused"})
final class ForkJoins {
  private ForkJoins() {}

  private static void increment(Cell cell) {
    cell.value++;
    Pair.signal();
  }

  static void submitted(boolean ordered) throws Exception {
    Cell cell = new Cell();
    var task = ForkJoinPool.commonPool().submit(() -> increment(cell));
    if (ordered) {
      task.join();
    } else {
      Pair.awaitSignal();
    }
    cell.value++;
    task.join();
  }

  /** One task after another, to workers that are awake and look for them. */
  static void submittedToBusyPool(boolean ordered) throws Exception {
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      for (int i = 0; i < 2_000; i++) {
        Cell cell = new Cell();
        if (ordered) {
          cell.value = 1;
        }
        int number = i;
        pool.execute(() -> {
          cell.value++;
          if (number % 100 == 99) {
            Pair.step(number);
          }
        });
        if (!ordered && i % 100 == 99) {
          Pair.awaitStep(i);
          cell.value = 1;
        }
      }
    }
  }

  /** Sums up an array, by halves; in the racing program it does not wait for the first half. */
  private static final class Sum extends RecursiveTask<Integer> {
    private final int[] of;
    private final int from;
    private final int to;
    private final boolean ordered;

    Sum(int[] of, int from, int to, boolean ordered) {
      this.of = of;
      this.from = from;
      this.to = to;
      this.ordered = ordered;
    }

    @Override
    protected Integer compute() {
      if (to - from == 1) {
        LockSupport.parkNanos(100_000); // so that others take part
        return of[from]++;
      }
      int middle = (from + to) / 2;
      Sum first = new Sum(of, from, middle, ordered);
      first.fork();
      int second = new Sum(of, middle, to, ordered).compute();
      if (!ordered) {
        of[from]++;
      }
      int sum = first.join() + second;
      of[from]++;
      return sum;
    }
  }

  static void recursiveTask(boolean ordered) throws Exception {
    int[] array = new int[64];
    ForkJoinPool pool = new ForkJoinPool(4);
    pool.invoke(new Sum(array, 0, array.length, ordered));
    array[5]++;
    pool.close();
  }

  /** Two tasks that are on two threads when they use their cells. */
  private static Runnable meeting(CountDownLatch both, Cell cell) {
    return Pair.quiet(() -> {
      both.countDown();
      both.await();
      cell.value++;
    });
  }

  static void invokeAll(boolean ordered) throws Exception {
    Cell[] cells = {new Cell(), new Cell()};
    CountDownLatch both = new CountDownLatch(2);
    try (ForkJoinPool pool = new ForkJoinPool(4)) {
      pool.invoke(
          new RecursiveAction() {
            @Override
            protected void compute() {
              invokeAll(
                  ForkJoinTask.adapt(meeting(both, cells[0])),
                  ForkJoinTask.adapt(meeting(both, cells[ordered ? 1 : 0])));
              cells[0].value++;
              cells[1].value++;
            }
          });
    }
  }

  /** The last one to complete runs what follows. */
  private static final class Part extends CountedCompleter<Void> {
    private final Runnable body;
    private final Runnable then;
    private final Part[] parts;

    Part(CountedCompleter<?> parent, Runnable body, Runnable then, int parts) {
      super(parent, parts);
      this.body = body;
      this.then = then;
      this.parts = new Part[parts];
    }

    @Override
    public void compute() {
      body.run();
      for (Part part : parts) {
        part.fork();
      }
      tryComplete();
    }

    @Override
    public void onCompletion(CountedCompleter<?> caller) {
      then.run();
    }
  }

  static void countedCompleter(boolean ordered) throws Exception {
    Cell[] cells = {new Cell(), new Cell()};
    CountDownLatch both = new CountDownLatch(2);
    Runnable nothing = () -> {};
    Runnable then =
        () -> {
          cells[0].value++;
          cells[1].value++;
        };
    Part root = new Part(null, nothing, then, 2);
    for (int i = 0; i < 2; i++) {
      root.parts[i] = new Part(root, meeting(both, cells[ordered ? i : 0]), nothing, 0);
    }
    try (ForkJoinPool pool = new ForkJoinPool(4)) {
      pool.invoke(root);
    }
    cells[0].value++;
  }

  static void close(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ForkJoinPool pool = new ForkJoinPool(2);
    pool.execute(() -> increment(cell));
    if (ordered) {
      pool.close();
    } else {
      Pair.awaitSignal();
    }
    cell.value++;
    pool.close();
  }

  private static Thread first;
  private static boolean joined;

  /** Whoever comes first waits until another takes part, which orders nothing. */
  @RaceIgnore
  private static void rest() {
    Thread me = Thread.currentThread();
    if (first == null) {
      first = me;
    }
    joined |= first != me;
    while (!joined && first == me) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  static void forEach(boolean ordered) throws Exception {
    int[] counts = new int[2000];
    IntStream.range(0, counts.length).parallel().forEach(i -> count(counts, i, ordered));
    counts[7]++;
  }

  private static void count(int[] counts, int i, boolean ordered) {
    counts[ordered ? i : 7]++;
    rest();
  }

  static void reduce(boolean ordered) throws Exception {
    Cell shared = new Cell();
    Cell sum =
        IntStream.range(0, 1000)
            .parallel()
            .mapToObj(i -> {
              rest();
              return cell(i);
            })
            .reduce(new Cell(), (a, b) -> sum(ordered ? new Cell() : shared, a, b));
    sum.value++;
  }

  private static Cell cell(int value) {
    Cell cell = new Cell();
    cell.value = value;
    return cell;
  }

  private static Cell sum(Cell into, Cell a, Cell b) {
    into.value = a.value + b.value;
    return into;
  }

  static void collect(boolean ordered) throws Exception {
    Cell shared = new Cell();
    List<Cell> cells =
        IntStream.range(0, 1000)
            .parallel()
            .boxed()
            .map(i -> {
              rest();
              Cell cell = ordered ? new Cell() : shared;
              cell.value++;
              return cell;
            })
            .collect(Collectors.toList());
    cells.forEach(cell -> cell.value++);
  }

  /** A collector's parts are joined by whoever comes last. */
  static void groupingBy(boolean ordered) throws Exception {
    int[] total = new int[1];
    var groups =
        IntStream.range(0, 1000)
            .parallel()
            .boxed()
            .collect(
                Collectors.groupingByConcurrent(
                    i -> i % 3,
                    Collectors.summingInt(i -> {
                      rest();
                      if (!ordered) {
                        total[0]++;
                      }
                      return i;
                    })));
    total[0] += groups.size();
  }

  static void inOrder(boolean ordered) throws Exception {
    Cell cell = new Cell();
    IntStream.range(0, 400)
        .parallel()
        .map(i -> {
          rest();
          if (!ordered) {
            cell.value++;
          }
          return i;
        })
        .forEachOrdered(i -> cell.value++);
    cell.value++;
  }
}
