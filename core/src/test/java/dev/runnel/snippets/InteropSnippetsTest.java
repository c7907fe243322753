package dev.runnel.snippets;

import static dev.runnel.Go.go;
import static dev.runnel.Select.afterGet;
import static dev.runnel.Select.select;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Go;
import dev.runnel.ReceiveChan;
import dev.runnel.interop.ByteStreams;
import dev.runnel.interop.ConcurrentGatherers;
import dev.runnel.interop.Futures;
import dev.runnel.interop.GoroutineExecutor;
import dev.runnel.interop.Publishers;
import dev.runnel.interop.Queues;
import dev.runnel.interop.ReceivingSubscriber;
import dev.runnel.pattern.Feed;
import dev.runnel.pattern.Generators;
import dev.runnel.pipeline.Pipeline;
import dev.runnel.spi.ContextCapture;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Eventually;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each test holds one snippet of the Javadoc and the guide, between its region markers. */
@Timeout(60)
@ExtendWith(Accounted.class)
class InteropSnippetsTest {
  private final Context ctx = Context.background();

  private static String fetch(int page) {
    return "page " + page;
  }

  @Test
  void publishers() throws Exception {
    Chan<Integer> ticks = Chan.buffered(1);
    ticks.send(7);
    ticks.close();
    // @start region="publishers"
    Publisher<String> pages = // each subscriber has a run of its own, as fast as it asks
        Publishers.of(Pipeline.iterate(1, n -> n + 1).mapParallel(4, n -> fetch(n)), ctx);
    Publisher<Integer> shared = Publishers.of(ticks, ctx); // subscribers compete for the values

    List<String> three =
        Publishers.pipeline(pages, 16) // never more than 16 asked for and not yet used
            .take(3) // cancels the subscription
            .toList(ctx);
    try (Feed<Integer> feed = Publishers.receive(shared, 16, ctx)) { // closing cancels, too
      for (int tick : feed) {
        System.out.println(tick);
      }
    }
    // @end
    assertThat(three).containsExactly("page 1", "page 2", "page 3");
  }

  @Test
  void subscriber() throws Exception {
    try (SubmissionPublisher<String> publisher = new SubmissionPublisher<>()) {
      List<String> seen = new ArrayList<>();
      ReceiveChan<Void> quit = ctx.done();
      // @start region="subscriber"
      try (var news = ReceivingSubscriber.<String>create(16)) {
        Subscriber<String> subscriber = news; // for whatever takes one
        publisher.subscribe(subscriber);
        publisher.submit("hello");
        select(
            news.channel().onReceive(item -> seen.add(item)),
            quit.onReceive(_ -> {}, () -> seen.add("over")));
      } // cancels the subscription
      // @end
      assertThat(seen).containsExactly("hello");
      Eventually.that("cancelled", () -> !publisher.hasSubscribers());
    }
  }

  @Test
  void futures() throws Exception {
    CompletableFuture<String> future = CompletableFuture.completedFuture("from a future");
    Chan<String> results = Chan.unbuffered();
    // @start region="futures"
    ReceiveChan<String> reply = Futures.channel(future); // keep it for further turns
    String first =
        select(reply.onReceive(), results.onReceive(), afterGet(ofMinutes(1), () -> "too late"));

    String waited = Futures.await(future, ctx); // the context ends the wait

    CompletableFuture<String> call =
        Futures.call(ctx, () -> fetch(1)) // a goroutine, interrupted by what completes the future
            .orTimeout(1, TimeUnit.MINUTES);
    CompletableFuture<Integer> length =
        Futures.completable(Go.call(() -> fetch(2))).thenApply(String::length);

    var bound = Futures.cancelWith(future, ctx); // the end of the context cancels it
    // @end
    assertThat(bound).isSameAs(future);
    assertThat(List.of(first, waited, call.join(), length.join()))
        .isEqualTo(List.of("from a future", "from a future", "page 1", 6));
  }

  @Test
  void executors() throws Exception {
    List<Integer> lengths = new ArrayList<>();
    // @start region="executor"
    try (var goroutines = GoroutineExecutor.open(ctx)) { // each task is a goroutine
      CompletableFuture.supplyAsync(() -> fetch(1), goroutines)
          .thenAccept(page -> lengths.add(page.length()))
          .join();
    }
    try (ExecutorService theirs = Executors.newFixedThreadPool(2)) { // its threads use channels too
      ReceiveChan<String> page = Futures.submit(theirs, () -> fetch(10), ctx);
      select(page.onReceive(text -> lengths.add(text.length())));
    }
    // @end
    assertThat(lengths).containsExactly(6, 7);
  }

  @Test
  void queues() throws Exception {
    List<Object> seen = new ArrayList<>();
    // @start region="queues"
    Chan<Runnable> tasks = Chan.buffered(100);
    BlockingQueue<Runnable> view = Queues.of(tasks); // for what wants a queue
    try (var pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, view)) {
      pool.execute(() -> seen.add("by the pool"));
    }

    var urgent = Queues.watched(new PriorityBlockingQueue<Integer>());
    urgent.put(3); // others go on using it as a queue
    urgent.sending().send(1); // and we use it as channels
    select(urgent.receiving().onReceive(n -> seen.add(n)), ctx.onDone(() -> seen.add("over")));
    // @end
    assertThat(seen).containsExactly("by the pool", 1);
  }

  @Test
  void bytes() throws Exception {
    // @start region="bytes"
    Chan<byte[]> wire = Chan.buffered(8);
    go(() -> {
      try (OutputStream out = new GZIPOutputStream(ByteStreams.output(wire, 8192))) {
        out.write("hello".getBytes(UTF_8));
      } // closes the channel
    });
    String text;
    try (InputStream in = new GZIPInputStream(ByteStreams.input(wire))) {
      text = new String(in.readAllBytes(), UTF_8);
    }
    // @end
    assertThat(text).isEqualTo("hello");
  }

  @Test
  void gatherers() throws Exception {
    Chan<String> more = Chan.buffered(1);
    more.send("from a channel");
    more.close();
    // @start region="gatherers"
    List<List<String>> pages =
        Stream.of(1, 2, 3)
            .gather(ConcurrentGatherers.<Integer, String>mapUnordered(8, n -> fetch(n)))
            .gather(ConcurrentGatherers.merge(more))
            .gather(ConcurrentGatherers.windows(100, ofMinutes(1)))
            .toList();
    // @end
    assertThat(pages).hasSize(1);
    assertThat(pages.getFirst())
        .containsExactlyInAnyOrder("page 1", "page 2", "page 3", "from a channel");
  }

  @Test
  void streamsAndIterators() throws Exception {
    Chan<Integer> numbers = Chan.buffered(9);
    numbers.sendAll(List.of(1, 2, 3, 4));
    // @start region="streams"
    List<Integer> two = numbers.stream().limit(2).toList(); // the rest stays in the channel
    Iterator<Integer> rest = numbers.iterator(); // as does what an iterator does not take
    int third = rest.next();

    ReceiveChan<Integer> squares =
        Generators.from(Stream.iterate(1, n -> n + 1).map(n -> n * n).iterator()); // pulled
    Pipeline<String> lines =
        Pipeline.stream(() -> "a b c".chars().mapToObj(Character::toString)); // anew for each run
    // @end
    assertThat(two).containsExactly(1, 2);
    assertThat(third).isEqualTo(3);
    assertThat(numbers.length()).isEqualTo(1);
    assertThat(squares.stream().limit(3)).containsExactly(1, 4, 9);
    assertThat(lines.toList(ctx)).hasSize(5);
  }

  @Test
  void pipelinesAsStreams() throws Exception {
    // @start region="pipeline-stream"
    Pipeline<Integer> endless = Pipeline.iterate(1, n -> n + 1).mapParallel(4, n -> n * n);
    try (Feed<Integer> feed = endless.start(16, ctx)) {
      List<Integer> squares = feed.stream().limit(3).toList();
      System.out.println(squares);
    } // the run has ended
    // @end
    assertThat(endless.take(2).toList(ctx)).containsExactly(1, 4);
  }

  /** A user's class, whose instances it can't be asked for by thread. */
  static final class Tenants {
    static final ScopedValue<String> CURRENT = ScopedValue.newInstance();
  }

  // @start region="capture"
  /** Named in META-INF/services/dev.runnel.spi.ContextCapture, or provided in module-info. */
  public static final class TenantCapture implements ContextCapture {

    @Override
    public Snapshot capture() { // where go is called
      String tenant = Tenants.CURRENT.orElse("nobody");
      return body -> // in the goroutine
      ScopedValue.where(Tenants.CURRENT, tenant)
              .call(() -> {
                body.run();
                return null;
              });
    }
  }

  // @end

  @Test
  void capture() throws Exception {
    var snapshot =
        ScopedValue.where(Tenants.CURRENT, "ann").call(() -> new TenantCapture().capture());
    List<String> seen = new ArrayList<>();
    snapshot.run(() -> seen.add(Tenants.CURRENT.get()));
    assertThat(seen).containsExactly("ann");
    assertThat(Tenants.CURRENT.isBound()).isFalse();
  }
}
