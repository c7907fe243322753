package dev.runnel.testing;

import dev.runnel.Chan;
import dev.runnel.Go;
import dev.runnel.sync.WaitGroup;
import java.time.Duration;

/** How fast bubbles and explorations are. Not a test: run it by hand. */
final class Speed {
  private static final int ROUNDS = 5;

  private Speed() {}

  /** Three goroutines and thirty operations. */
  static void program() throws Exception {
    Chan<Integer> jobs = Chan.unbuffered();
    Chan<Integer> results = Chan.buffered(2);
    WaitGroup all = new WaitGroup();
    all.go(() ->
        jobs.closeAfter(() -> {
          for (int i = 0; i < 6; i++) {
            jobs.send(i);
          }
        }));
    all.go(() ->
        results.closeAfter(() -> {
          for (int job : jobs) {
            results.send(job + 1);
          }
        }));
    results.receiveEach(_ -> {});
    all.await();
  }

  public static void main(String[] args) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      int schedules = 10_000;
      long start = System.nanoTime();
      Explore.schedules(schedules).from(1).run(Speed::program);
      print("schedules", schedules, start);

      int times = 200_000;
      start = System.nanoTime();
      Bubble.run(() -> {
        for (int i = 0; i < times; i++) {
          Go.sleep(Duration.ofHours(1));
        }
      });
      print("jumps of time", times, start);

      start = System.nanoTime();
      Bubble.run(() -> {
        Chan<Integer> channel = Chan.unbuffered();
        Go.go(() ->
            channel.closeAfter(() -> {
              for (int i = 0; i < times; i++) {
                channel.send(i);
              }
            }));
        channel.receiveEach(_ -> {});
      });
      print("hand-overs in a bubble", times, start);

      int bubbles = 10_000;
      start = System.nanoTime();
      for (int i = 0; i < bubbles; i++) {
        Bubble.run(Speed::program);
      }
      print("bubbles", bubbles, start);
    }
  }

  private static void print(String what, int count, long start) {
    System.out.printf("%,12.0f %s a second%n", count * 1e9 / (System.nanoTime() - start), what);
  }
}
