package dev.runnel.snippets;

import static dev.runnel.Go.go;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ErrGroup;
import dev.runnel.ReceiveChan;
import dev.runnel.pattern.Broadcaster;
import dev.runnel.pattern.FanIn;
import dev.runnel.pattern.FanOut;
import dev.runnel.pattern.Feed;
import dev.runnel.pattern.Generators;
import dev.runnel.pattern.Merge;
import dev.runnel.pattern.Outcome;
import dev.runnel.pattern.PoolResults;
import dev.runnel.pattern.Timeouts;
import dev.runnel.pattern.WorkerPool;
import dev.runnel.sync.Semaphore;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Eventually;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each test holds one snippet of the Javadoc of the patterns, between its region markers. */
@Timeout(60)
@ExtendWith(Accounted.class)
class PatternSnippetsTest {
  private final Queue<Object> seen = new ConcurrentLinkedQueue<>();
  private final Context ctx = Context.background();

  private void print(Object value) {
    seen.add(value);
  }

  private String fetch(String url) throws IOException {
    if (url.isEmpty()) {
      throw new IOException("no address");
    }
    return "page of " + url;
  }

  private String fetch(String url, Context c) throws IOException {
    c.check();
    return fetch(url);
  }

  @Test
  void feed() {
    // @start region="feed"
    try (Feed<Integer> squares =
        WorkerPool.of(4).start(Generators.iterate(1, n -> n + 1), n -> n * n, ctx)) {
      for (int square : squares) {
        print(square);
        if (seen.size() == 10) {
          break; // enough: the workers, who would go on for ever, end with the try
        }
      }
    }
    // @end
    assertThat(seen).hasSize(10);
  }

  @Test
  void pool() throws InterruptedException {
    Chan<String> urls = Chan.buffered(3);
    urls.sendAll(List.of("a", "b", "c"));
    urls.close();
    // @start region="pool"
    ReceiveChan<String> pages = WorkerPool.of(5).ordered().start(urls, url -> fetch(url), ctx);
    for (String page : pages) {
      print(page);
    }
    // @end
    assertThat(seen).containsExactly("page of a", "page of b", "page of c");
  }

  @Test
  void poolOutcomes() {
    List<String> urls = List.of("a", "");
    // @start region="outcomes"
    for (var outcome : WorkerPool.of(5).startOutcomes(urls, url -> fetch(url), ctx)) {
      switch (outcome) {
        case Outcome.Success(var url, var page) -> print(page);
        case Outcome.Failure(var url, var cause) -> print("failed: " + cause.getMessage());
      }
    }
    // @end
    assertThat(seen).containsExactlyInAnyOrder("page of a", "failed: no address");
  }

  @Test
  void poolLive() throws InterruptedException {
    Chan<String> urls = Chan.buffered(3);
    // @start region="pool-live"
    try (PoolResults<String> pages = WorkerPool.of(2).start(urls, url -> fetch(url), ctx)) {
      urls.sendAll(List.of("a", "b", "c"));
      if (pages.queued() > pages.running()) {
        pages.resize(8);
      }
      urls.close();
      pages.receiveEach(page -> print(page));
      print(pages.done() + " done");
    }
    // @end
    assertThat(seen).hasSize(4).contains("3 done");
  }

  @Test
  void timeout() throws Exception {
    // @start region="timeout"
    String page = Timeouts.call(ofSeconds(20), ctx, c -> fetch("example.org", c));
    // @end
    assertThat(page).isEqualTo("page of example.org");
  }

  @Test
  void race() throws Exception {
    // @start region="race"
    String page =
        Timeouts.race(ctx, c -> fetch("eu.example.org", c), c -> fetch("us.example.org", c));
    // @end
    assertThat(page).startsWith("page of ");
  }

  @Test
  void hedge() throws Exception {
    // @start region="hedge"
    String page = Timeouts.hedge(ofMillis(50), 3, ctx, c -> fetch("example.org", c));
    // @end
    assertThat(page).startsWith("page of ");
  }

  @Test
  void fanOut() throws Exception {
    // @start region="fan-out"
    try (var ways = FanOut.byKey(4, Generators.range(0, 100), user -> user % 10, ctx);
        var group = ErrGroup.open(ctx)) {
      for (ReceiveChan<Integer> way : ways) {
        group.go(() -> way.receiveEach(user -> print(user))); // each user's events in order
      }
      group.await();
    }
    // @end
    assertThat(seen).hasSize(100);
  }

  @Test
  void fanIn() {
    ReceiveChan<String> mail = Generators.of("letter");
    ReceiveChan<String> chat = Generators.of("hello");
    // @start region="fan-in"
    for (String message : FanIn.merge(List.of(mail, chat), ctx)) {
      print(message);
    }
    // @end
    assertThat(seen).containsExactlyInAnyOrder("letter", "hello");
  }

  @Test
  void mergeOpen() throws InterruptedException {
    // @start region="merge-open"
    try (Merge<String> merge = FanIn.open(ctx)) {
      merge.add(Generators.of("first"));
      print(merge.receiveOrThrow());
      merge.add(Generators.of("second")).complete();
      merge.receiveEach(message -> print(message));
    }
    // @end
    assertThat(seen).containsExactly("first", "second");
  }

  @Test
  void broadcast() throws InterruptedException {
    // @start region="broadcast"
    try (var news = Broadcaster.<String>create();
        var reader = news.subscribe(10)) {
      go(() -> reader.receiveEach(line -> print(line)));
      news.send("hello");
      news.send("world");
    }
    // @end
    Eventually.that("both read", () -> seen.size() == 2);
    assertThat(seen).containsExactly("hello", "world");
  }

  @Test
  void generators() {
    // @start region="generators"
    for (int power : Generators.iterate(1, n -> n < 1000, n -> n * 2)) {
      print(power);
    }
    // @end
    assertThat(seen).hasSize(10);
  }

  @Test
  void produce() {
    // @start region="produce"
    try (Feed<Integer> fibonacci =
        Generators.produce(
            ctx,
            out -> {
              for (int a = 0, b = 1; ; b += a, a = b - a) {
                out.send(a);
              }
            })) {
      fibonacci.stream().limit(10).forEach(n -> print(n));
    }
    // @end
    assertThat(seen).containsExactly(0, 1, 1, 2, 3, 5, 8, 13, 21, 34);
  }

  @Test
  void semaphoreRun() throws Exception {
    // @start region="semaphore-run"
    var connections = Semaphore.of(10);
    connections.run(() -> print(fetch("example.org")), ctx);
    // @end
    assertThat(seen).containsExactly("page of example.org");
  }
}
