package dev.runnel.snippets;

import static dev.runnel.Go.go;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Select;
import dev.runnel.sync.Cond;
import dev.runnel.sync.Mutex;
import dev.runnel.sync.Once;
import dev.runnel.sync.OnceValue;
import dev.runnel.sync.RWMutex;
import dev.runnel.sync.Semaphore;
import dev.runnel.sync.SingleFlight;
import dev.runnel.sync.WaitGroup;
import dev.runnel.time.RateLimiter;
import dev.runnel.time.Ticker;
import dev.runnel.time.Timer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each test holds one snippet of the Javadoc of sync and time, between its region markers. */
@Timeout(60)
class SyncSnippetsTest {
  private final Queue<Object> seen = new ConcurrentLinkedQueue<>();

  private void print(Object value) {
    seen.add(value);
  }

  @Test
  void mutex() throws InterruptedException {
    Map<String, Integer> hits = new HashMap<>();
    var all = new WaitGroup();
    // @start region="mutex"
    var mutex = new Mutex();
    for (int i = 0; i < 100; i++) {
      var _ =
          all.go(() -> {
            mutex.lock();
            try {
              hits.merge("page", 1, Integer::sum);
            } finally {
              mutex.unlock();
            }
          });
    }
    all.await();
    // @end
    assertThat(hits).containsEntry("page", 100);
  }

  @Test
  void hold() throws InterruptedException {
    Map<String, Integer> hits = new HashMap<>();
    var mutex = new Mutex();
    // @start region="hold"
    try (var _ = mutex.hold()) {
      hits.merge("page", 1, Integer::sum);
    }
    // @end
    assertThat(mutex.tryLock()).isTrue();
    assertThat(hits).containsEntry("page", 1);
  }

  @Test
  void rwMutex() throws InterruptedException {
    Map<String, String> settings = new HashMap<>();
    // @start region="rw-mutex"
    var mutex = new RWMutex();
    try (var _ = mutex.hold()) {
      settings.put("colour", "blue");
    }
    try (var _ = mutex.readHold()) {
      print(settings.get("colour"));
    }
    // @end
    assertThat(seen).containsExactly("blue");
  }

  @Test
  void cond() throws InterruptedException {
    // @start region="cond"
    var mutex = new Mutex();
    var notEmpty = Cond.of(mutex);
    var queue = new ArrayDeque<String>();
    var consumer =
        go(() -> {
          try (var _ = mutex.hold()) {
            while (queue.isEmpty()) {
              notEmpty.await();
            }
            print(queue.remove());
          }
        });
    try (var _ = mutex.hold()) {
      queue.add("job");
      notEmpty.signal();
    }
    // @end
    consumer.join();
    assertThat(seen).containsExactly("job");
  }

  @Test
  void once() throws Exception {
    // @start region="once"
    var setup = new Once();
    for (int i = 0; i < 3; i++) {
      setup.run(() -> print("set up"));
    }
    // @end
    assertThat(seen).containsExactly("set up");
  }

  @Test
  void onceValue() throws Exception {
    // @start region="once-value"
    OnceValue<List<String>> words = OnceValue.of(() -> List.of("read", "from", "disk"));
    print(words.get().size());
    // @end
    assertThat(seen).containsExactly(3);
  }

  @Test
  void semaphore() throws InterruptedException {
    var all = new WaitGroup();
    // @start region="semaphore"
    var connections = Semaphore.of(10);
    for (int i = 0; i < 100; i++) {
      int query = i;
      var _ =
          all.go(() -> {
            try (var _ = connections.hold()) {
              print(query);
            }
          });
    }
    all.await();
    // @end
    assertThat(seen).hasSize(100);
    assertThat(connections.tryAcquire(10)).isTrue();
  }

  @Test
  void singleFlight() throws Exception {
    // @start region="single-flight"
    var lookups = new SingleFlight<String, String>();
    String address = lookups.run("example.org", () -> "192.0.2.1");
    print(address);
    // @end
    assertThat(seen).containsExactly("192.0.2.1");
  }

  @Test
  void timer() throws InterruptedException {
    Chan<String> answers = Chan.buffered(1);
    // @start region="timer"
    var timer = Timer.of(ofSeconds(60));
    answers.send("in time");
    Select.select(
        answers.onReceive(answer -> print(answer)),
        timer.channel().onReceive(time -> print("late at " + time)));
    print(timer.stop());
    // @end
    assertThat(seen).containsExactly("in time", true);
  }

  @Test
  void ticker() throws InterruptedException {
    // @start region="ticker"
    try (var ticker = Ticker.every(ofMillis(1))) {
      for (int i = 0; i < 3; i++) {
        print(ticker.channel().receiveOrThrow());
      }
    }
    // @end
    assertThat(seen).hasSize(3);
  }

  @Test
  void rateLimiter() throws InterruptedException {
    Context ctx = Context.background();
    // @start region="rate-limiter"
    var limiter = RateLimiter.perSecond(1000, 5);
    for (int i = 0; i < 10; i++) {
      limiter.await(ctx);
      print("request " + i);
    }
    // @end
    assertThat(seen).hasSize(10);
  }
}
