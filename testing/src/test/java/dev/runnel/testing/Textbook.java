package dev.runnel.testing;

import static dev.runnel.Go.go;
import static dev.runnel.Select.after;
import static dev.runnel.Select.select;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Go;
import dev.runnel.sync.Mutex;
import dev.runnel.sync.WaitGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The well-known versions of four patterns, translated from Go as they stand, with their defects:
 * for the exploration to find.
 */
final class Textbook {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private Textbook() {}

  /**
   * Workers send their results without watching the context: when the consumer stops, they stay.
   */
  static void workerPool() throws Exception {
    Chan<Integer> jobs = Chan.unbuffered();
    Chan<Integer> results = Chan.buffered(1);
    try (var ctx = Context.background().withCancel()) {
      for (int i = 0; i < 2; i++) {
        go(
            "worker",
            () -> {
              while (true) {
                Integer job =
                    select(jobs.onReceive().map(j -> j, () -> -1), ctx.onDone().map(_ -> -1));
                if (job < 0) {
                  return;
                }
                results.send(job * job);
              }
            });
      }
      for (int i = 1; i <= 3; i++) {
        jobs.send(i);
      }
      results.receive(); // the first result is enough
    }
  }

  /** A result that is ready when the time runs out loses at random; and who brings it stays. */
  static void timeout() throws Exception {
    Chan<String> result = Chan.buffered(1);
    go(
        "work",
        () -> {
          Go.sleep(SECOND);
          result.send("done");
        });
    List<String> got = new ArrayList<>();
    Chan<String> late = Chan.buffered(1);
    go(
        "timer",
        () -> {
          Go.sleep(SECOND);
          late.send("timeout");
        });
    Go.sleep(SECOND);
    Bubble.settle();
    select(result.onReceive(got::add), late.onReceive(got::add));
    assertThat(got).containsExactly("done");
  }

  /** Who reads the merged channel and returns early strands the senders. */
  static void fanIn() throws Exception {
    Chan<Integer> merged = Chan.unbuffered();
    WaitGroup all = new WaitGroup();
    for (int i = 0; i < 2; i++) {
      int source = i;
      all.go(() -> {
        for (int j = 0; j < 2; j++) {
          merged.send(10 * source + j);
        }
      });
    }
    go(
        "closer",
        () -> {
          all.await();
          merged.close();
        });
    for (int v : merged) {
      if (v == 1) {
        return; // found
      }
    }
  }

  /** A subscriber that leaves while a value is on its way to it blocks all, for ever. */
  static void broadcast() throws Exception {
    Mutex lock = new Mutex();
    List<Chan<Integer>> subscribers = new ArrayList<>();
    WaitGroup all = new WaitGroup();
    for (int i = 0; i < 2; i++) {
      Chan<Integer> mine = Chan.unbuffered();
      subscribers.add(mine);
      all.go(() -> {
        select(mine.onReceive(_ -> {}), after(SECOND, () -> {}));
        lock.lock(); // has had enough
        subscribers.remove(mine);
        lock.unlock();
      });
    }
    for (int i = 0; i < 2; i++) {
      lock.lock();
      for (Chan<Integer> subscriber : subscribers) {
        subscriber.send(i);
      }
      lock.unlock();
    }
    all.await();
  }

  /** Workers send to a channel of their own each: who reads one of them strands the other. */
  static void fanOut() throws Exception {
    Chan<Integer> in = Chan.buffered(2);
    in.send(1);
    in.send(2);
    in.close();
    List<Chan<Integer>> ways = List.of(Chan.unbuffered(), Chan.unbuffered());
    for (Chan<Integer> way : ways) {
      go(
          "way",
          () -> {
            for (int value : in) {
              way.send(value);
            }
            way.close();
          });
    }
    for (int value : ways.getFirst()) {
      if (value == 1) {
        return; // found
      }
    }
  }

  /** A stage that stops early leaves all that is upstream of it. */
  static void pipeline() throws Exception {
    Chan<Integer> numbers = Chan.unbuffered();
    Chan<Integer> squares = Chan.unbuffered();
    go(
        "numbers",
        () -> {
          for (int i = 1; i <= 3; i++) {
            numbers.send(i);
          }
          numbers.close();
        });
    go(
        "squares",
        () -> {
          for (int n : numbers) {
            squares.send(n * n);
          }
          squares.close();
        });
    for (int square : squares) {
      if (square == 4) {
        return; // enough
      }
    }
  }

  /** Who waits for a permit does not see the end of the context. */
  static void semaphore() throws Exception {
    Chan<Boolean> permits = Chan.buffered(1);
    try (var ctx = Context.background().withCancel()) {
      for (int i = 0; i < 2; i++) {
        go(
            "worker",
            () -> {
              permits.send(true);
              ctx.done().receive(); // its work, which fails when the context ends
            });
      }
      Bubble.settle();
    }
  }

  /** Who starts a goroutine at the limit waits, though the context has ended. */
  static void errGroup() throws Exception {
    Chan<Boolean> slots = Chan.buffered(1);
    WaitGroup all = new WaitGroup();
    try (var ctx = Context.background().withCancel()) {
      slots.send(true);
      all.go(() -> {
        if (ctx.err() == null) {
          slots.send(true); // one more, of the group's own
          all.go(slots::receive);
        }
        slots.receive();
      });
      ctx.cancel();
      all.await();
    }
  }
}
