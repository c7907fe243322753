package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.Consumer;

/** {@code Flow} and its publisher. */
@SuppressWarnings({"FutureReturnValueIgnored", "unused"})
final class Flows {
  private Flows() {}

  private static final class Item {
    final int number;
    int value;

    Item(int number) {
      this.number = number;
    }
  }

  /** Asks for one after another. */
  private static final class Each implements Flow.Subscriber<Item> {
    private final Consumer<Item> use;
    private final Cell own = new Cell();
    private final CountDownLatch completed = new CountDownLatch(1);
    private Flow.Subscription subscription;

    Each(Consumer<Item> use) {
      this.use = use;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      own.value++;
      given.request(1);
    }

    @Override
    public void onNext(Item item) {
      own.value++;
      use.accept(item);
      subscription.request(1);
    }

    @Override
    public void onError(Throwable thrown) {
      completed.countDown();
    }

    @Override
    public void onComplete() {
      own.value++;
      completed.countDown();
    }
  }

  private static void publish(boolean ordered, SubmissionPublisher<Item> publisher)
      throws Exception {
    Each each =
        new Each(item -> {
          item.value++;
          Pair.step(item.number);
        });
    try (publisher) {
      publisher.subscribe(each);
      for (int i = 0; i < 50; i++) {
        Item item = new Item(i);
        if (ordered) {
          item.value = 1;
        }
        publisher.submit(item);
        if (!ordered) {
          Pair.awaitStep(i);
          item.value = 1;
        }
      }
    }
    each.completed.await();
    each.own.value++;
  }

  static void submitted(boolean ordered) throws Exception {
    publish(ordered, new SubmissionPublisher<>());
  }

  static void submittedToSmallBuffer(boolean ordered) throws Exception {
    publish(ordered, new SubmissionPublisher<>(task -> Thread.ofVirtual().start(task), 2));
  }

  /** While a subscriber is at work, its buffer grows. */
  static void submittedToBusySubscriber(boolean ordered) throws Exception {
    int last = 99;
    Each each =
        new Each(item -> {
          if (item.number == 0) {
            Pair.step(1);
            Pair.awaitStep(2);
          }
          item.value++;
          if (item.number == last) {
            Pair.step(3);
          }
        });
    try (var publisher = new SubmissionPublisher<Item>()) {
      publisher.subscribe(each);
      publisher.submit(new Item(0));
      Pair.awaitStep(1);
      Item item = new Item(1);
      for (int i = 1; i <= last; i++) {
        item = new Item(i);
        if (ordered) {
          item.value = 1;
        }
        publisher.submit(item);
      }
      Pair.step(2);
      Pair.awaitStep(3);
      if (!ordered) {
        item.value = 1;
      }
    }
    each.completed.await();
  }

  /** What a subscriber is told comes in one order; what two are told does not. */
  static void subscriber(boolean ordered) throws Exception {
    Cell shared = new Cell();
    CountDownLatch both = new CountDownLatch(2);
    Each one = new Each(item -> meet(both, shared));
    Each two = new Each(item -> meet(both, ordered ? new Cell() : shared));
    try (var publisher = new SubmissionPublisher<Item>(task -> Thread.ofVirtual().start(task), 8)) {
      publisher.subscribe(one);
      publisher.subscribe(two);
      for (int i = 0; i < 20; i++) {
        publisher.submit(new Item(i));
      }
    }
    one.completed.await();
    two.completed.await();
    shared.value++;
  }

  private static void meet(CountDownLatch both, Cell cell) {
    Pair.quiet(
            () -> {
              both.countDown();
              both.await();
              cell.value++;
            })
        .run();
  }

  static void consume(boolean ordered) throws Exception {
    Cell cell = new Cell();
    SubmissionPublisher<String> publisher = new SubmissionPublisher<>();
    var consumed =
        publisher.consume(s -> {
          Pair.awaitStep(1); // closing it may see what was done before
          cell.value++;
          Pair.signal();
        });
    publisher.submit("a");
    publisher.close();
    Pair.step(1);
    if (ordered) {
      consumed.join();
    } else {
      Pair.awaitSignal();
    }
    cell.value++;
    consumed.join();
  }
}
