package dev.runnel.race.programs;

import static dev.runnel.Go.go;

import dev.runnel.Context;
import dev.runnel.ErrGroup;
import dev.runnel.Goroutine;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Programs whose reports are known word for word: which access comes first is certain. */
public final class Reports {
  private static int count;

  private Reports() {}

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "goroutines" -> goroutines();
      case "threads" -> threads();
      case "ended" -> ended();
      case "pool" -> pool();
      case "virtual" -> virtual();
      case "group" -> group();
      case "nested" -> nested();
      case "elements" -> elements();
      case "loop" -> loop();
      case "map" -> map();
      case "text" -> text();
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void map() throws Exception {
    Map<String, Integer> map = new HashMap<>();
    Thread first =
        new Thread(() -> {
          map.put("a", 1);
          Pair.signal();
        });
    first.start();
    Pair.awaitSignal();
    System.out.println(map.get("b"));
    map.remove("a");
    first.join();
  }

  private static void text() throws Exception {
    StringBuilder text = new StringBuilder();
    Thread first =
        new Thread(() -> {
          text.append("a");
          Pair.signal();
        });
    first.start();
    Pair.awaitSignal();
    text.append("b");
    first.join();
  }

  private static void first() {
    count = 1;
    Pair.signal();
  }

  private static void second() throws InterruptedException {
    Pair.awaitSignal();
    count = 2;
  }

  private static void goroutines() throws InterruptedException {
    Goroutine named = go("the first", () -> first());
    Goroutine unnamed = go(() -> second());
    named.join();
    unnamed.join();
  }

  private static void threads() throws Exception {
    Thread renamed =
        new Thread(
            Pair.quiet(() -> {
              count = 1;
              Thread.currentThread().setName("renamed");
              Pair.signal();
              Pair.awaitStep(1);
            }));
    renamed.start();
    second();
    Pair.step(1);
    renamed.join();
  }

  private static void ended() throws Exception {
    Thread ended = new Thread(Reports::first, "ended");
    ended.start();
    while (ManagementFactory.getThreadMXBean().getThreadInfo(ended.threadId()) != null) {
      Thread.onSpinWait(); // asking the thread itself would order
    }
    second();
  }

  private static void pool() throws Exception {
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      var _ = pool.submit(() -> first());
      second();
    }
  }

  private static void virtual() throws Exception {
    Thread one = Thread.startVirtualThread(Reports::first);
    Thread two = Thread.ofVirtual().name("two").start(Pair.quiet(Reports::second));
    one.join();
    two.join();
  }

  private static void group() throws Exception {
    try (ErrGroup group = ErrGroup.open(Context.background())) {
      group.go(() -> second()); // first: it learns nothing of what the other has told the group
      group.go(() -> first());
      group.await();
    }
  }

  private static void nested() throws InterruptedException {
    Goroutine outer =
        go(() -> {
          Goroutine inner = go("inner", () -> first());
          second();
          inner.join();
        });
    outer.join();
  }

  private static void elements() throws Exception {
    int[] numbers = new int[100];
    long[][] rows = new long[1][20];
    Thread writer =
        new Thread(() -> {
          numbers[17] = 1;
          rows[0][3] = 1;
          Pair.signal();
        });
    writer.start();
    Pair.awaitSignal();
    if (numbers[17] + rows[0][3] < 0) {
      System.out.println("never");
    }
    writer.join();
  }

  /** One pair of lines, many times and by many threads. */
  private static void loop() throws Exception {
    for (int i = 0; i < 20; i++) {
      Thread other = new Thread(Reports::increment);
      other.start();
      increment();
      other.join();
    }
  }

  private static void increment() {
    for (int i = 0; i < 10; i++) {
      count++;
    }
  }
}
