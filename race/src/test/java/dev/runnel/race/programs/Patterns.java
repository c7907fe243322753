package dev.runnel.race.programs;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ReceiveChan;
import dev.runnel.interop.Futures;
import dev.runnel.interop.GoroutineExecutor;
import dev.runnel.interop.Queues;
import dev.runnel.pattern.FanIn;
import dev.runnel.pattern.FanOut;
import dev.runnel.pattern.Feed;
import dev.runnel.pattern.Generators;
import dev.runnel.pattern.PoolResults;
import dev.runnel.pattern.WorkerPool;
import dev.runnel.race.programs.Pair.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Runnel's patterns, and its bridges to the JDK. */
@SuppressWarnings({"unused", "FutureReturnValueIgnored"})
final class Patterns {
  private static final Context ALWAYS = Context.background();

  private Patterns() {}

  private static List<Cell> cells(int number) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      cells.add(new Cell());
    }
    return cells;
  }

  static void forEach(boolean ordered) throws Exception {
    List<Cell> cells = cells(2);
    Cell shared = new Cell();
    WorkerPool.of(2)
        .forEach(
            cells,
            cell -> {
              boolean first = cell == cells.get(0);
              if (first) {
                Pair.step(1);
                Pair.awaitStep(2);
              } else {
                Pair.awaitStep(1);
                Pair.step(2);
              }
              (ordered ? cell : shared).value++;
            },
            ALWAYS);
    cells.get(0).value++;
    cells.get(1).value++;
  }

  /** What a worker has made is its finder's. */
  static void map(boolean ordered) throws Exception {
    List<Cell> made =
        WorkerPool.of(2)
            .map(
                List.of(1, 2),
                job -> {
                  Cell cell = new Cell();
                  cell.value = job;
                  return cell;
                },
                ALWAYS);
    Cell cell = made.get(1);
    Pair.write(ordered, cell, () -> Thread.ofPlatform().start(() -> Pair.increment(cell)));
    Pair.awaitSignal();
  }

  static void results(boolean ordered) throws Exception {
    Chan<Cell> jobs = Chan.buffered(1);
    Cell cell = new Cell();
    jobs.send(cell);
    jobs.close();
    try (PoolResults<Cell> results =
        WorkerPool.of(2)
            .start(
                jobs,
                job -> {
                  Pair.increment(job);
                  return job;
                },
                ALWAYS)) {
      Pair.incrementAfter(ordered, cell, results::receive);
    }
  }

  /** A job is its worker's, from when it is sent on. */
  static void jobs(boolean ordered) throws Exception {
    Chan<Cell> jobs = Chan.unbuffered();
    try (var _ =
        WorkerPool.of(2)
            .ordered()
            .start(
                jobs,
                job -> {
                  Pair.increment(job);
                  return job;
                },
                ALWAYS)) {
      Cell cell = new Cell();
      Pair.write(ordered, cell, () -> jobs.send(cell));
      jobs.close();
      Pair.awaitSignal();
    }
  }

  static void executor(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ExecutorService executor = WorkerPool.of(2).asExecutor();
    var future = executor.submit(() -> Pair.increment(cell));
    Pair.incrementAfter(ordered, cell, future::get);
    executor.shutdown();
    executor.awaitTermination(1, TimeUnit.MINUTES);
  }

  static void goroutineExecutor(boolean ordered) throws Exception {
    try (GoroutineExecutor executor = GoroutineExecutor.open(ALWAYS)) {
      Pair.execute(ordered, executor);
    }
  }

  static void goroutineExecutorEnds(boolean ordered) throws Exception {
    Cell cell = new Cell();
    GoroutineExecutor executor = GoroutineExecutor.open(ALWAYS);
    executor.execute(() -> {
      Pair.awaitStep(1);
      Pair.increment(cell);
    });
    executor.shutdown();
    Pair.step(1);
    Pair.incrementAfter(ordered, cell, () -> executor.awaitTermination(1, TimeUnit.MINUTES));
    executor.close();
  }

  static void fanIn(boolean ordered) throws Exception {
    Chan<Integer> one = Chan.unbuffered();
    Chan<Integer> two = Chan.unbuffered();
    try (Feed<Integer> merged = FanIn.merge(one, two, ALWAYS)) {
      Pair.pass(Thread.ofVirtual(), ordered, () -> two.send(1), merged::receive);
    }
  }

  /** Those whose values come together are not ordered by that. */
  static void fanInAlike(boolean ordered) throws Exception {
    Chan<Integer> one = Chan.buffered(4);
    Chan<Integer> two = Chan.buffered(4);
    Cell cell = new Cell();
    try (Feed<Integer> merged = FanIn.merge(one, two, ALWAYS)) {
      Pair.all(
          all -> {
            cell.value = 1;
            one.send(1);
            Pair.step(1);
          },
          all -> {
            Pair.awaitStep(1);
            if (ordered) {
              merged.receive();
            }
            two.send(2);
            cell.value++;
          });
    }
  }

  static void fanOut(boolean ordered) throws Exception {
    Chan<Integer> in = Chan.unbuffered();
    try (var ways = FanOut.roundRobin(2, in, ALWAYS)) {
      Pair.pass(Thread.ofVirtual(), ordered, () -> in.send(1), () -> ways.get(0).receive());
    }
  }

  static void fanOutToAll(boolean ordered) throws Exception {
    Chan<Integer> in = Chan.unbuffered();
    try (var ways = FanOut.to(2).buffer(2).broadcast(in, ALWAYS)) {
      Pair.pass(Thread.ofVirtual(), ordered, () -> in.send(1), () -> ways.get(1).receive());
    }
  }

  /** Two who have got a value each. */
  static void waysAlike(boolean ordered) throws Exception {
    Chan<Cell> in = Chan.buffered(2);
    List<Cell> cells = cells(2);
    in.send(cells.get(0));
    in.send(cells.get(ordered ? 1 : 0));
    try (var ways = FanOut.to(2).buffer(1).roundRobin(in, ALWAYS)) {
      Pair.inTurn(() -> ways.get(0).receive().value++, () -> ways.get(1).receive().value++);
    }
  }

  static void produced(boolean ordered) throws Exception {
    Cell cell = new Cell();
    try (Feed<Integer> feed =
        Generators.produce(
            4,
            ALWAYS,
            out -> {
              if (ordered) {
                cell.value = 1;
              }
              out.send(1);
              if (!ordered) {
                cell.value = 1;
              }
              Pair.step(1);
              Pair.awaitStep(2); // or its end might be known
            })) {
      feed.receive();
      Pair.awaitStep(1);
      cell.value++;
      Pair.step(2);
    }
  }

  /** What a generator makes, it makes on its receiver's thread. */
  static void supplied(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ReceiveChan<Integer> numbers = Generators.supply(() -> ++cell.value);
    Pair.inTurn(
        numbers::receive,
        () -> {
          if (ordered) {
            numbers.receive();
          } else {
            cell.value++;
          }
        });
  }

  static void channelQueue(boolean ordered) throws Exception {
    BlockingQueue<Integer> queue = Queues.of(Chan.<Integer>buffered(2));
    Pair.pass(ordered, () -> queue.put(1), queue::take);
  }

  static void channelOfFuture(boolean ordered) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    ReceiveChan<Integer> channel = Futures.channel(future);
    Pair.pass(ordered, () -> future.complete(1), channel::receive);
  }

  static void futureOfGoroutine(boolean ordered) throws Exception {
    Cell cell = new Cell();
    CompletableFuture<Integer> future =
        Futures.call(
            ALWAYS,
            () -> {
              Pair.increment(cell);
              return 1;
            });
    Pair.incrementAfter(ordered, cell, future::get);
    future.get();
  }
}
