package dev.runnel.pattern;

import static dev.runnel.Go.go;
import static java.time.Duration.ofNanos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.Chan;
import dev.runnel.ReceiveChan;
import dev.runnel.Select;
import dev.runnel.sync.WaitGroup;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Channels;
import dev.runnel.testkit.Eventually;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One log for all who keep up must not be seen: each subscriber has a buffer of its own. */
@Timeout(60)
@ExtendWith(Accounted.class)
class BroadcastLogTest {
  private final Broadcaster<Integer> news = Broadcaster.create();

  private void send(int from, int to) throws InterruptedException {
    for (int value = from; value < to; value++) {
      news.send(value);
    }
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  /** What a subscriber should have. */
  private static final class Model {
    final Subscription<Integer> subscription;
    final WhenFull whenFull;
    final int capacity;
    final ArrayDeque<Integer> buffer = new ArrayDeque<>();
    long dropped;
    boolean open = true;

    Model(Broadcaster<Integer> news, Random random) {
      whenFull = List.of(WhenFull.values()).get(random.nextInt(4));
      capacity = List.of(1, 2, 63, 64, 65, 200).get(random.nextInt(6));
      subscription = news.subscribe(capacity, whenFull);
    }

    boolean holdsUp() {
      return open && whenFull == WhenFull.BLOCK && buffer.size() == capacity;
    }

    void send(int value) {
      if (!open) {
        return;
      }
      if (buffer.size() < capacity) {
        buffer.add(value);
        return;
      }
      dropped++;
      switch (whenFull) {
        case DROP_NEWEST -> {}
        case DROP_OLDEST -> {
          buffer.remove();
          buffer.add(value);
        }
        case DISCONNECT -> open = false;
        case BLOCK -> throw new AssertionError("a sender would wait");
      }
    }

    void receive() {
      assertThat(subscription.tryReceive().orNull()).isEqualTo(buffer.poll());
    }
  }

  @Test
  void eachHasABufferOfItsOwn() throws Exception {
    for (int round = 0; round < 200; round++) {
      long seed = ThreadLocalRandom.current().nextLong();
      try {
        againstTheModel(new Random(seed));
      } catch (Throwable t) {
        throw new AssertionError("seed " + seed, t);
      }
    }
  }

  private static void againstTheModel(Random random) throws InterruptedException {
    Broadcaster<Integer> news = Broadcaster.create();
    List<Model> models = new ArrayList<>();
    int next = 0;
    for (int turn = 0; turn < 2000; turn++) {
      Model some = models.isEmpty() ? null : models.get(random.nextInt(models.size()));
      int what = random.nextInt(100);
      if (some == null || (what == 0 && models.size() < 8)) {
        models.add(new Model(news, random));
      } else if (what == 1) {
        some.subscription.close();
        some.open = false;
      } else if (what == 2) {
        for (int left = some.buffer.size(); left >= 0; left--) {
          some.receive();
        }
      } else if (what < 40) {
        some.receive();
      } else if (models.stream().noneMatch(Model::holdsUp)) {
        int value = next++;
        news.send(value);
        models.forEach(model -> model.send(value));
      }
    }
    news.close();
    for (Model model : models) {
      assertThat(model.subscription.dropped()).isEqualTo(model.dropped);
      assertThat(Channels.drain(model.subscription)).containsExactlyElementsOf(model.buffer);
    }
    assertThat(news.dropped()).isEqualTo(models.stream().mapToLong(model -> model.dropped).sum());
  }

  @Test
  void aValueThatAllHaveReceivedIsNotHeldOnTo() throws Exception {
    Broadcaster<Object> objects = Broadcaster.create();
    List<WeakReference<Object>> received = Collections.synchronizedList(new ArrayList<>());
    List<Actor> subscribers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Subscription<Object> subscription = objects.subscribe(10);
      subscribers.add(
          Actor.Kind.VIRTUAL.start(
              () -> subscription.receiveEach(value -> received.add(new WeakReference<>(value)))));
    }
    for (int i = 0; i < 5; i++) {
      objects.send(new Object());
    }
    Eventually.that(
        "collection of the values",
        () -> {
          System.gc();
          return received.size() == 10 && received.stream().allMatch(ref -> ref.refersTo(null));
        });
    objects.close();
    for (Actor subscriber : subscribers) {
      subscriber.join();
    }
  }

  @Test
  void whoWaitsLongestGetsTheNextValue() throws Exception {
    try (var subscription = news.subscribe(10)) {
      List<Integer> got = Collections.synchronizedList(new ArrayList<>());
      List<Actor> waiting = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int me = i;
        waiting.add(
            Actor.Kind.VIRTUAL
                .start(() -> {
                  Integer value = subscription.receive();
                  assertThat(value).isEqualTo(me);
                  got.add(value);
                })
                .awaitWaiting());
      }
      for (int i = 0; i < 3; i++) {
        news.send(i);
        waiting.get(i).join();
        assertThat(got).hasSize(i + 1);
      }
    }
  }

  @Test
  void whoGaveUpWaitingFindsTheNextValue() throws Exception {
    try (var a = news.subscribe(100);
        var b = news.subscribe(100)) {
      for (int value = 0; value < 200; value++) {
        assertThat(a.receive(ofNanos(1)).hasValue()).isFalse();
        news.send(value);
        assertThat(a.tryReceive().orNull()).isEqualTo(value);
        assertThat(b.receive()).isEqualTo(value);
      }
    }
  }

  @Test
  void whoWaitsBeforeTheFirstValueGetsIt() throws Exception {
    try (var early = news.subscribe(1)) {
      Actor waiting = Actor.Kind.PLATFORM.start(() -> assertThat(early.receive()).isEqualTo(0));
      waiting.awaitWaiting();
      send(0, 1);
      waiting.join();
      try (var second = news.subscribe(1)) {
        Actor other = Actor.Kind.PLATFORM.start(() -> assertThat(second.receive()).isEqualTo(1));
        other.awaitWaiting();
        send(1, 2);
        other.join();
        assertThat(Channels.drain(early)).containsExactly(1);
      }
    }
  }

  @Test
  void whatASenderGaveUpIsMissedByWhoHeldItUpAlone() throws Exception {
    try (var slow = news.subscribe(70, WhenFull.BLOCK);
        var quick = news.subscribe(1000)) {
      send(0, 70);
      Actor sender = Actor.Kind.VIRTUAL.start(() -> send(70, 71)).awaitWaiting();
      sender.interrupt();
      assertThat(sender.joinForFailure()).isInstanceOf(InterruptedException.class);
      assertThat(slow.receive()).isZero();
      send(71, 72);
      assertThat(Channels.drain(slow)).startsWith(1, 2).endsWith(69, 71).hasSize(70);
      assertThat(Channels.drain(quick)).containsExactlyElementsOf(numbers(0, 72));
    }
  }

  @Test
  void whoLeftKeepsWhatWasBufferedWhateverOthersAreSent() throws Exception {
    var left = news.subscribe(1000);
    try (var stayed = news.subscribe(1000)) {
      send(0, 100);
      left.close();
      send(100, 300);
      assertThat(left.stream()).containsExactlyElementsOf(numbers(0, 100));
      assertThat(Channels.drain(stayed)).containsExactlyElementsOf(numbers(0, 300));
    }
  }

  /** How a subscriber receives. */
  private static Integer receive(int how, ReceiveChan<Integer> from) throws InterruptedException {
    return switch (how) {
      case 0 -> from.receive();
      case 1 ->
          Select.select(
              from.onReceive().map(value -> value, () -> null),
              Chan.<Integer>nil().onReceive().map(value -> value));
      case 2 -> {
        List<Integer> one = new ArrayList<>();
        yield from.receiveUpTo(1, one) == 0 ? null : one.getFirst();
      }
      default -> {
        while (true) {
          var result = from.receive(ofNanos(20_000));
          if (result.hasValue() || result.isClosed()) {
            yield result.orNull();
          }
        }
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 64, 500})
  void allWhoHoldUpTheSendersGetEverythingInTheSameOrder(int buffer) throws Exception {
    int each = 2_000;
    int senders = 3;
    List<List<Integer>> seen = new ArrayList<>();
    WaitGroup subscribers = new WaitGroup();
    for (int i = 0; i < 12; i++) {
      int how = i % 4;
      List<Integer> mine = new ArrayList<>();
      seen.add(mine);
      Subscription<Integer> subscription = news.subscribe(buffer, WhenFull.BLOCK);
      subscribers.go(() -> {
        for (Integer value; (value = receive(how, subscription)) != null; ) {
          mine.add(value);
        }
      });
    }
    WaitGroup sending = new WaitGroup();
    for (int i = 0; i < senders; i++) {
      int first = i * each;
      sending.go(() -> send(first, first + each));
    }
    sending.await();
    news.close();
    subscribers.await();
    assertThat(seen.getFirst()).containsExactlyInAnyOrderElementsOf(numbers(0, senders * each));
    for (List<Integer> one : seen) {
      assertThat(one).isEqualTo(seen.getFirst());
    }
  }

  @Test
  void receiversOfOneSubscriptionShareIt() throws Exception {
    int many = 20_000;
    ConcurrentLinkedQueue<Integer> all = new ConcurrentLinkedQueue<>();
    Subscription<Integer> shared = news.subscribe(64, WhenFull.BLOCK);
    WaitGroup receivers = new WaitGroup();
    for (int i = 0; i < 8; i++) {
      int how = i % 4;
      receivers.go(() -> {
        for (Integer value; (value = receive(how, shared)) != null; ) {
          all.add(value);
        }
      });
    }
    var sender = go(() -> send(0, many));
    sender.join();
    news.close();
    receivers.await();
    assertThat(all).containsExactlyInAnyOrderElementsOf(numbers(0, many));
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> news.send(1));
  }
}
