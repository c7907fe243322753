package dev.runnel.guide;

import static dev.runnel.Go.go;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ErrGroup;
import dev.runnel.ReceiveChan;
import dev.runnel.pattern.Broadcaster;
import dev.runnel.pattern.FanIn;
import dev.runnel.pattern.FanOut;
import dev.runnel.pattern.Feed;
import dev.runnel.pattern.Generators;
import dev.runnel.pattern.Outcome;
import dev.runnel.pattern.Timeouts;
import dev.runnel.pattern.WhenFull;
import dev.runnel.pattern.WorkerPool;
import dev.runnel.sync.Semaphore;
import dev.runnel.testkit.Eventually;
import java.io.BufferedReader;
import java.io.StringReader;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The chapter about patterns. */
class PatternsPageTest extends Page {
  private final Context ctx = Context.background();

  record Event(String user, String what) {}

  private static Chan<String> urls(String... urls) throws InterruptedException {
    Chan<String> chan = Chan.buffered(urls.length);
    chan.sendAll(List.of(urls));
    chan.close();
    return chan;
  }

  @Test
  void pool() throws Exception {
    ReceiveChan<String> jobs = urls("a", "b", "c");
    // @start region="pool"
    ReceiveChan<String> results = WorkerPool.of(5).start(jobs, url -> fetch(url), ctx);
    for (String result : results) {
      print(result);
    }
    // @end
    assertPrintedInAnyOrder("<a>", "<b>", "<c>");
  }

  @Test
  void poolStopsEarly() throws Exception {
    ReceiveChan<String> jobs = urls("a", "b", "c");
    // @start region="pool-early"
    try (var results = WorkerPool.of(5).start(jobs, url -> fetch(url), ctx)) {
      print(results.receive());
    } // the workers have ended
    // @end
    assertThat(printedLines()).isEqualTo(1);
  }

  @Test
  void poolFails() throws Exception {
    ReceiveChan<String> jobs = urls("");
    // @start region="pool-fails"
    try (var results = WorkerPool.of(5).start(jobs, url -> fetch(url), ctx)) {
      results.receiveEach(result -> print(result));
    } catch (ChannelFailedException e) {
      print(e.getCause().getMessage());
    }
    // @end
    assertPrinted("no address");
  }

  @Test
  void poolSettings() throws Exception {
    ReceiveChan<String> jobs = urls("a", "", "c");
    // @start region="pool-settings"
    WorkerPool careful =
        WorkerPool.of(5)
            .ordered() // results in the order of their jobs
            .retry(2, ofMillis(10)) // twice more, after 10 ms and 20 ms
            .timeout(ofSeconds(30)) // each attempt
            .onFailure((job, failure) -> print("skipped: " + failure.getMessage()));
    careful.start(jobs, url -> fetch(url), ctx).receiveEach(page -> print(page));
    // @end
    assertThat(printedLines()).isEqualTo(3);
  }

  @Test
  void poolOutcomes() throws Exception {
    ReceiveChan<String> jobs = urls("a", "");
    // @start region="pool-outcomes"
    for (var outcome : WorkerPool.of(5).startOutcomes(jobs, url -> fetch(url), ctx)) {
      switch (outcome) {
        case Outcome.Success<String, String> success -> print(success.result());
        case Outcome.Failure<String, String> failure -> print(failure.cause().getMessage());
      }
    }
    // @end
    assertPrintedInAnyOrder("<a>", "no address");
  }

  @Test
  void forEach() throws Exception {
    List<String> urls = List.of("a", "b");
    // @start region="for-each"
    WorkerPool.of(8).forEach(urls, url -> print(fetch(url)), ctx);
    List<String> pages = WorkerPool.of(8).map(urls, url -> fetch(url), ctx); // in order
    // @end
    assertPrintedInAnyOrder("<a>", "<b>");
    assertThat(pages).containsExactly("<a>", "<b>");
  }

  @Test
  void executor() throws Exception {
    // @start region="executor"
    try (ExecutorService executor = WorkerPool.of(5).buffer(100).asExecutor(ctx)) {
      print(executor.submit(() -> fetch("a")).get());
    }
    // @end
    assertPrinted("<a>");
  }

  @Test
  void fanOut() throws Exception {
    ReceiveChan<Event> events = Generators.of(new Event("ann", "in"), new Event("ann", "out"));
    // @start region="fan-out"
    try (var ways = FanOut.byKey(4, events, Event::user, ctx);
        var group = ErrGroup.open(ctx)) {
      for (ReceiveChan<Event> way : ways) {
        group.go(() -> way.receiveEach(event -> print(event.what()))); // each user's in order
      }
      group.await();
    }
    // @end
    assertPrinted("in", "out");
  }

  @Test
  void fanOutFanIn() throws Exception {
    ReceiveChan<String> in = urls("a", "b");
    // @start region="fan-in"
    List<ReceiveChan<String>> ways = FanOut.compete(5, in, url -> fetch(url), ctx);
    try (Feed<String> all = FanIn.merge(ways, ctx)) {
      all.receiveEach(page -> print(page));
    }
    // @end
    assertPrintedInAnyOrder("<a>", "<b>");
  }

  @Test
  void pipeline() {
    // @start region="pipeline"
    ReceiveChan<Integer> numbers = Generators.range(1, 1_000_000);
    try (var squares = WorkerPool.of(4).ordered().start(numbers, n -> n * n, ctx);
        var odd = WorkerPool.of(1).start(squares, n -> n % 2 == 0 ? "even" : "odd", ctx)) {
      odd.stream().limit(3).forEach(word -> print(word));
    } // every stage has ended
    // @end
    assertPrinted("odd", "even", "odd");
  }

  @Test
  void semaphore() throws Exception {
    List<String> urls = List.of("a", "b");
    // @start region="semaphore"
    Semaphore connections = Semaphore.of(10);
    try (var group = ErrGroup.open(ctx)) {
      for (String url : urls) {
        group.go(() -> connections.run(() -> print(fetch(url)), group.context()));
      }
      group.await();
    }
    // @end
    assertPrintedInAnyOrder("<a>", "<b>");
  }

  @Test
  void timeout() throws Exception {
    // @start region="timeout"
    try {
      print(Timeouts.call(ofMillis(5), ctx, c -> Chan.<String>nil().receive(c)));
    } catch (TimeoutException e) {
      print(e.getMessage());
    }
    // @end
    assertPrinted("no result within PT0.005S");
  }

  @Test
  void hedge() throws Exception {
    // @start region="hedge"
    String first = Timeouts.race(ctx, c -> fetch("eu"), c -> fetch("us"));
    String quick = Timeouts.hedge(ofMillis(50), 3, ctx, c -> fetch("a"));
    // @end
    assertThat(first).isIn("<eu>", "<us>");
    assertThat(quick).isEqualTo("<a>");
  }

  @Test
  void abandon() throws Exception {
    // @start region="abandon"
    String page =
        Timeouts.callOrAbandon(
            ofSeconds(30), ctx, c -> fetch("a"), late -> print("came late: " + late));
    // @end
    assertThat(page).isEqualTo("<a>");
    assertPrinted();
  }

  @Test
  void broadcast() throws Exception {
    // @start region="broadcast"
    try (var news = Broadcaster.<String>create();
        var reader = news.subscribe(10, WhenFull.DROP_OLDEST)) {
      go(() -> reader.receiveEach(line -> print(line)));
      news.send("hello"); // never waits for a reader
      print(reader.dropped() + " missed");
    }
    // @end
    Eventually.that("both lines", () -> printedLines() == 2);
    assertPrintedInAnyOrder("0 missed", "hello");
  }

  @Test
  void generators() throws Exception {
    var reader = new BufferedReader(new StringReader("one\ntwo"));
    // @start region="generator"
    ReceiveChan<Integer> powers = Generators.iterate(1, n -> n * 2); // no goroutine at all
    print(powers.receive() + powers.receive() + powers.receive());
    try (Feed<String> lines = Generators.lines(reader, ctx)) { // reading may block: a goroutine
      print(lines.receive());
    }
    // @end
    assertPrinted(7, "one");
  }

  @Test
  void produce() {
    // @start region="produce"
    try (Feed<Integer> evens =
        Generators.produce(
            ctx,
            out -> {
              for (int n = 0; ; n += 2) {
                out.send(n);
              }
            })) {
      evens.stream().limit(3).forEach(n -> print(n));
    }
    // @end
    assertPrinted(0, 2, 4);
  }
}
