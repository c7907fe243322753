package dev.runnel.race.programs;

import static dev.runnel.Go.go;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ErrGroup;
import dev.runnel.Goroutine;
import dev.runnel.Select;
import dev.runnel.pipeline.Pipeline;
import dev.runnel.race.programs.Pair.Cell;
import dev.runnel.sync.Mutex;
import dev.runnel.sync.Once;
import dev.runnel.sync.Semaphore;
import dev.runnel.sync.WaitGroup;
import java.time.Duration;

/** Runnel's edges. */
@SuppressWarnings({"unused", "FutureReturnValueIgnored"})
final class Channels {
  private Channels() {}

  private static void increment(Cell cell) {
    cell.value++;
    Pair.signal();
  }

  static void unbuffered(boolean ordered) throws Exception {
    Chan<Integer> c = Chan.unbuffered();
    Pair.pass(Thread.ofVirtual(), ordered, () -> c.send(1), c::receive);
  }

  /** Without a buffer, a receive is ordered before the completion of its send. */
  static void unbufferedBackwards(boolean ordered) throws Exception {
    Chan<Integer> c = Chan.unbuffered();
    Pair.pass(Thread.ofVirtual(), ordered, c::receive, () -> c.send(1));
  }

  static void buffered(boolean ordered) throws Exception {
    Chan<Integer> c = Chan.buffered(4);
    Pair.pass(Thread.ofVirtual(), ordered, () -> c.send(1), c::receive);
  }

  /** A receive is not ordered before a send for which there was room anyway. */
  static void bufferedBackwards(boolean ordered) throws Exception {
    Chan<Integer> c = Chan.buffered(4);
    Chan<Integer> started = Chan.unbuffered();
    Cell cell = new Cell();
    c.send(1);
    Goroutine other =
        go(() -> {
          if (ordered) {
            started.receive();
          }
          cell.value++;
          c.receive();
        });
    if (ordered) {
      cell.value++;
      started.send(1);
    }
    c.send(2);
    if (!ordered) {
      cell.value++;
    }
    other.join();
  }

  /** Sends into one buffer are not ordered among themselves. */
  static void sendersAlike(boolean ordered) throws Exception {
    Chan<Integer> c = Chan.buffered(4);
    Mutex mutex = new Mutex();
    Cell cell = new Cell();
    Pair.Step sender =
        () -> {
          c.send(1);
          if (ordered) {
            mutex.lock();
          }
          cell.value++;
          if (ordered) {
            mutex.unlock();
          }
          c.send(2);
        };
    Pair.both(sender, sender);
  }

  /** A buffered channel as a semaphore: the k-th receive before the (k+C)-th send. */
  static void capacity(boolean ordered) throws Exception {
    Chan<Integer> c = Chan.buffered(ordered ? 1 : 2);
    Cell cell = new Cell();
    Pair.Step section =
        () -> {
          c.send(1);
          cell.value++;
          c.receive();
        };
    Pair.both(section, section);
  }

  static void close(boolean ordered) throws Exception {
    Chan<Integer> c = Chan.buffered(2);
    Pair.pass(Thread.ofVirtual(), ordered, c::close, c::receive);
  }

  static void select(boolean ordered) throws Exception {
    Chan<Integer> c = Chan.unbuffered();
    Chan<Integer> never = Chan.unbuffered();
    Pair.pass(
        Thread.ofVirtual(),
        ordered,
        () -> c.send(1),
        () -> Select.select(never.onReceive(v -> {}), c.onReceive(v -> {})));
  }

  static void selectSends(boolean ordered) throws Exception {
    Chan<Integer> c = Chan.buffered(1);
    Chan<Integer> never = Chan.unbuffered();
    Pair.pass(
        Thread.ofVirtual(),
        ordered,
        () -> Select.select(never.onReceive(v -> {}), c.onSend(5, () -> {})),
        c::receive);
  }

  static void cancel(boolean ordered) throws Exception {
    try (var ctx = Context.background().withCancel()) {
      Pair.pass(Thread.ofVirtual(), ordered, ctx::cancel, () -> ctx.done().receive());
    }
  }

  static void goroutine(boolean ordered) throws Exception {
    Cell cell = new Cell();
    cell.value = 1;
    Goroutine other = go(() -> increment(cell));
    if (ordered) {
      other.join();
    } else {
      Pair.awaitSignal();
    }
    cell.value++;
    other.join();
  }

  static void waitGroup(boolean ordered) throws Exception {
    WaitGroup group = new WaitGroup();
    group.add(1);
    Pair.pass(Thread.ofVirtual(), ordered, group::done, () -> group.await());
  }

  /** Who is done is not ordered after those who were before, only who awaits is. */
  static void doneAlike(boolean ordered) throws Exception {
    WaitGroup group = new WaitGroup();
    Cell cell = new Cell();
    group.add(2);
    Pair.both(
        () -> {
          cell.value = 1;
          group.done();
          Pair.step(1);
        },
        () -> {
          Pair.awaitStep(1);
          group.done();
          if (ordered) {
            group.await();
          }
          cell.value = 2;
        });
  }

  /** What is upstream of a buffer is ordered before what is downstream, value by value. */
  static void pipelineBuffer(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Pipeline.<Integer>emit(out -> {
          if (ordered) {
            cell.value = 1;
          }
          out.emit(1);
          if (!ordered) {
            cell.value = 1;
          }
          Pair.step(1);
        })
        .buffer(4)
        .forEach(
            i -> {
              Pair.awaitStep(1);
              cell.value = 2;
            },
            Context.background());
  }

  /** The k-th value is taken from a buffer of one place before the (k+1)-th has been put there. */
  static void pipelineBufferBackwards(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Pipeline.<Integer>emit(out -> {
          out.emit(1);
          out.emit(2);
          Pair.step(1);
          if (ordered) {
            out.emit(3);
          } else {
            Pair.awaitStep(2);
          }
          cell.value = 1;
        })
        .buffer(1)
        .forEach(
            i -> {
              if (i == 1) {
                Pair.awaitStep(1);
                cell.value = 2;
                Pair.step(2);
              }
            },
            Context.background());
  }

  static void mutex(boolean ordered) throws Exception {
    Mutex mutex = new Mutex();
    Mutex other = ordered ? mutex : new Mutex();
    Cell cell = new Cell();
    Pair.both(
        () -> {
          try (var _ = mutex.hold()) {
            cell.value++;
          }
        },
        () -> {
          try (var _ = other.hold()) {
            cell.value++;
          }
        });
  }

  static void semaphore(boolean ordered) throws Exception {
    Semaphore semaphore = Semaphore.of(1);
    semaphore.acquire();
    Pair.pass(Thread.ofVirtual(), ordered, () -> semaphore.release(), () -> semaphore.acquire());
  }

  static void once(boolean ordered) throws Exception {
    Once once = new Once();
    Cell cell = new Cell();
    Pair.Step use =
        () -> {
          once.run(() -> cell.value = 1);
          if (!ordered || cell.value == 0) {
            cell.value++;
          }
        };
    Pair.both(use, use);
  }

  static void group(boolean ordered) throws Exception {
    Cell cell = new Cell();
    try (ErrGroup group = ErrGroup.open()) {
      group.go(() -> increment(cell));
      if (!ordered) {
        Pair.awaitSignal();
        cell.value++;
      }
      group.await();
    }
    cell.value++;
  }

  static void timer(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Chan<Integer> done = Chan.buffered(1);
    cell.value = 1;
    var timer =
        dev.runnel.time.Timer.run(
            Duration.ofMillis(1),
            () -> {
              increment(cell);
              done.send(1);
            });
    if (!ordered) {
      Pair.awaitSignal();
      cell.value++;
    }
    done.receive();
    cell.value++;
  }

  /** Steps of a channel that break off out of stack, wherever that is: what comes later is right. */
  static void outOfStack(boolean ordered) throws Exception {
    Chan<Integer> c = Chan.buffered(4);
    Thread deep = new Thread(null, Pair.quiet(() -> dig(c, 200)), "deep", 1 << 18);
    deep.start();
    deep.join();
    while (c.length() > 0) {
      c.receive();
    }
    Pair.pass(ordered, () -> c.send(1), c::receive);
    Pair.pass(true, () -> c.send(1), c::receive);
  }

  private static void dig(Chan<Integer> c, int times) {
    for (int i = 0; i < times; i++) {
      try {
        deeper(c, i % 16);
      } catch (StackOverflowError e) {
        Pair.signal();
      }
    }
  }

  /** Goes on for ever, with a longer frame or two first, so that the end is always elsewhere. */
  private static long deeper(Chan<Integer> c, int longer) {
    if (longer > 0) {
      long a = longer;
      long b = a * 2;
      return deeper(c, longer - 1) + a + b;
    }
    var _ = c.trySend(1);
    var _ = c.tryReceive();
    return deeper(c, 0) + 1;
  }
}
