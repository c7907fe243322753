package dev.runnel.sketch;

import static dev.runnel.Go.go;
import static dev.runnel.Select.after;
import static dev.runnel.Select.afterGet;
import static dev.runnel.Select.otherwise;
import static dev.runnel.Select.otherwiseGet;
import static dev.runnel.Select.select;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.Case;
import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.Handler;
import dev.runnel.Mapper;
import dev.runnel.Overflow;
import dev.runnel.ReceiveCase;
import dev.runnel.ReceiveChan;
import dev.runnel.ReceiveResult;
import dev.runnel.Select;
import dev.runnel.SendCase;
import dev.runnel.SendChan;
import dev.runnel.Step;
import dev.runnel.Supply;
import dev.runnel.spi.QueueBridge;
import dev.runnel.spi.Sink;
import dev.runnel.spi.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Channels and selects as the design shows them, written as users write: from another package, with
 * lambdas, method references, wildcards and {@code var}. That it compiles is half of the test.
 */
class DesignSketchTest {
  private final List<Object> seen = new ArrayList<>();
  private boolean open = true;
  private int sent;

  private void handle(Object value) {
    seen.add(value);
  }

  private void log(String line) {
    seen.add(line);
  }

  private int answer() {
    return 42;
  }

  @Test
  void theCodeAtTheTop() throws InterruptedException {
    Chan<Integer> jobs = Chan.buffered(100);
    go(() ->
        jobs.closeAfter(() -> { // the sender closes
          for (int i = 0; i < 9; i++) jobs.send(i);
        }));
    for (int job : jobs) {
      handle(job);
    }
    assertThat(seen).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);

    Chan<Integer> results = Chan.buffered(1);
    var ctx = Context.background().withCancel();
    while (open) {
      select( // do something with whichever is ready
          jobs.onReceive(job -> handle(job), () -> open = false),
          results.onSend(answer(), () -> sent++),
          ctx.onDone(() -> log("cancelled")),
          after(ofSeconds(60), () -> log("timeout")));
    }
    assertThat(sent).isLessThanOrEqualTo(1);

    Chan<Integer> a = Chan.buffered(1);
    Chan<Integer> b = Chan.buffered(1);
    b.send(7);
    String who = select(a.onReceive().map(v -> "a " + v), b.onReceive().map(v -> "b " + v));
    assertThat(who).isEqualTo("b 7");
  }

  @Test
  void theLoopAtTheTop() throws InterruptedException {
    Chan<Integer> jobs = Chan.buffered(100);
    jobs.sendAll(List.of(1, 2, 3));
    try (var ctx = Context.background().withCancel()) {
      var job = jobs.onReceive();
      var quit = ctx.onDone();
      var select = Select.of(job, quit);
      jobs.close();
      while (select.await() != quit && !job.closed()) handle(job.value());
    }
    assertThat(seen).containsExactly(1, 2, 3);
  }

  @Test
  void everyChannel() throws Exception {
    Chan<String> unbuffered = Chan.unbuffered();
    Chan<List<? extends Number>> buffered = Chan.buffered(3);
    Chan<int[]> unbounded = Chan.unbounded();
    Chan<Integer> oldest = Chan.buffered(1, Overflow.DROP_OLDEST);
    Chan<Integer> latest = Chan.buffered(1, Overflow.DROP_LATEST);
    Chan<Integer> suspending = Chan.buffered(1, Overflow.SUSPEND);
    assertThat(Chan.<String>nil().capacity()).isEqualTo(unbuffered.capacity()).isZero();
    buffered.send(List.of(1, 2.5));
    unbounded.send(new int[] {1});
    for (var chan : List.of(oldest, latest, suspending)) {
      assertThat(chan.trySend(1)).isTrue();
      assertThat(chan.trySend(2)).isEqualTo(chan == oldest);
      assertThat(chan.length()).isEqualTo(1);
    }
    assertThat(oldest.dropped() + latest.dropped() + suspending.dropped()).isEqualTo(2);
    List<? extends Number> numbers = buffered.receive();
    assertThat(numbers).hasSize(2);
    assertThat(unbounded.receiveOrThrow()).containsExactly(1);
  }

  @Test
  void everySend() throws Exception {
    var ctx = Context.background();
    Chan<Number> numbers = Chan.buffered(10);
    SendChan<? super Integer> out = numbers; // as a method's parameter would be
    out.send(1);
    out.send(2, ctx);
    assertThat(out.send(3, ofMillis(1))).isTrue();
    assertThat(out.trySend(4)).isTrue();
    assertThat(out.sendAll(List.of(5, 6))).isEqualTo(2);
    assertThat(numbers.sendAll(Set.of(7))).isEqualTo(1); // integers among numbers
    Case<Void> plain = out.onSend(8);
    Case<Void> then = out.onSend(9, () -> sent++);
    select(plain);
    select(then);
    assertThat(sent).isEqualTo(1);
    out.closeAfter(this::failing);
    assertThat(out.fail(new Exception("too late"))).isFalse();
    assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(out::close);
    assertThat(numbers.stream().map(Number::intValue)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThatExceptionOfType(ChannelClosedException.class)
        .isThrownBy(() -> out.sendAll(List.of(10)))
        .satisfies(e -> assertThat(e.sent()).isZero());
  }

  private void failing() throws Exception {
    sent++; // it may throw, but does not
  }

  @Test
  void everyReceive() throws Exception {
    var ctx = Context.background();
    Chan<Integer> chan = Chan.buffered(20);
    chan.sendAll(Stream.iterate(1, i -> i + 1).limit(13).toList());
    ReceiveChan<? extends Number> in = chan;
    @Nullable Number first = in.receive();
    Number second = in.receiveOrThrow();
    @Nullable Number third = in.receive(ctx);
    assertThat(List.of(first, second, third)).containsExactly(1, 2, 3);
    ReceiveResult<? extends Number> fourth = in.receive(ofHours(1));
    assertThat(fourth.hasValue()).isTrue();
    assertThat(chan.tryReceive()).isEqualTo(new ReceiveResult.Value<>(5));
    Collection<Object> into = new ArrayList<>();
    assertThat(chan.receiveUpTo(2, into)).isEqualTo(2);
    assertThat(in.stream().limit(2).collect(Collectors.<Number>toList())).containsExactly(8, 9);
    var received = in.onReceive();
    assertThat(Select.of(received).await()).isSameAs(received);
    Number tenth = received.value();
    assertThat(tenth).isEqualTo(10);
    select(in.onReceive(this::handle));
    select(in.onReceive(this::handle, () -> open = false));
    Handler<Object> general = this::handle;
    chan.close();
    chan.receiveEach(general);
    assertThat(seen).containsExactly(11, 12, 13);
    for (Number none : in) {
      handle(none);
    }
    String told =
        switch (chan.tryReceive()) {
          case ReceiveResult.Value<Integer>(Integer value) -> "value " + value;
          case ReceiveResult.Closed<Integer>(var cause) -> "closed: " + cause;
          case ReceiveResult.Empty<Integer>() -> "empty";
        };
    assertThat(told).isEqualTo("closed: null");
    assertThat(chan.tryReceive().isClosed()).isTrue();
    assertThat(chan.tryReceive().orNull()).isNull();
  }

  @Test
  void everyCase() throws InterruptedException {
    Chan<Integer> chan = Chan.buffered(2);
    ReceiveCase<Integer> receive = chan.onReceive();
    SendCase<Integer> send = chan.onSend(1);
    Select turns = Select.of(receive, send);
    assertThat(turns.await()).isSameAs(send);
    send.value(2).value(3);
    Case<?> next = turns.poll();
    assertThat(next == receive ? receive.value() : 3).isEqualTo(next == receive ? 1 : 3);
    @Nullable Case<?> timed = Select.inOrder(chan.onReceive()).await(Duration.ofNanos(1));
    assertThat(timed == null).isEqualTo(next == receive);

    Chan<Integer> fresh = Chan.buffered(1);
    Case<String> sending = fresh.onSend(5).map(() -> "sent");
    Case<String> mapped = fresh.onReceive().map(Object::toString);
    Case<Number> ending = fresh.onReceive().map(v -> v + 0.5, () -> -1);
    assertThat(List.of(select(sending), select(mapped))).containsExactly("sent", "5");
    fresh.close();
    Number end = select(ending);
    assertThat(end).isEqualTo(-1);
    @Nullable Integer nothing = select(fresh.onReceive());
    assertThat(nothing).isNull();

    List<Case<?>> many = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Chan<Integer> one = Chan.buffered(1);
      many.add(one.onReceive());
    }
    many.add(otherwise(() -> log("idle")));
    Select.of(many.toArray(Case<?>[]::new)).await();
    assertThat(seen).containsExactly("idle");
  }

  @Test
  void resultsOfSelect() throws InterruptedException {
    Chan<Integer> ints = Chan.buffered(1);
    Chan<String> strings = Chan.buffered(1);
    try (var ctx = Context.background().withCancel()) {
      int number =
          select(
              ints.onReceive().map(v -> v),
              strings.onReceive().map(String::length),
              otherwiseGet(() -> -1));
      assertThat(number).isEqualTo(-1);
      var text =
          select(
              strings.onReceive(),
              ints.onReceive().map(v -> "int " + v, () -> "closed"),
              ctx.onDone().map(_ -> "done"),
              afterGet(ofMillis(1), () -> "late"));
      assertThat(text.length()).isEqualTo(4);
      Object mixed = select(ints.onSend(1), ctx.onDone(), strings.onReceive());
      assertThat(mixed).isNull();
      Supply<String> supply = () -> "supplied";
      Mapper<Object, String> mapper = v -> "mapped " + v;
      Step step = () -> log("step");
      String through = select(ints.onReceive().map(mapper), otherwiseGet(supply));
      assertThat(through).isEqualTo("mapped 1");
      select(ints.onReceive(this::handle, step), after(Duration.ZERO, step), otherwise(step));
      assertThat(seen).containsExactly("step");
      ctx.cancel();
      String who =
          Select.<String>select(
              strings.onReceive().map(v -> "a " + v), ctx.onDone().map(_ -> "cancelled"));
      assertThat(who).isEqualTo("cancelled");
    }
  }

  private static <T> ReceiveChan<T> firstOf(List<? extends ReceiveChan<? extends T>> ways)
      throws InterruptedException {
    Chan<T> first = Chan.buffered(1);
    @SuppressWarnings({"unchecked", "rawtypes"})
    Case<Void>[] cases =
        ways.stream().map(way -> way.onReceive(first::send)).toArray(n -> new Case[n]);
    select(cases);
    first.close();
    return first;
  }

  @Test
  void aHelperOfTheUsersOwn() throws InterruptedException {
    Chan<Integer> ints = Chan.buffered(1);
    Chan<Double> doubles = Chan.buffered(1);
    doubles.send(2.5);
    ReceiveChan<Number> first = firstOf(List.of(ints, doubles));
    for (Number number : first) {
      handle(number);
    }
    assertThat(seen).containsExactly(2.5);
  }

  @Test
  void foreignQueues() throws InterruptedException {
    var queue = new QueueBridge<String>(new ArrayBlockingQueue<>(2));
    Source<String> source = queue;
    Sink<String> sink = queue;
    SendChan<String> out = SendChan.to(sink);
    ReceiveChan<String> in = ReceiveChan.from(source);
    out.send("a");
    String got = select(in.onReceive().map(v -> v + "!"), afterGet(ofHours(1), () -> "late"));
    assertThat(got).isEqualTo("a!");
  }

  @Test
  void failedChannels() {
    Chan<Integer> chan = Chan.unbuffered();
    assertThat(chan.fail(new IllegalStateException("boom"))).isTrue();
    ChannelFailedException failure = null;
    try {
      for (int value : chan) {
        handle(value);
      }
    } catch (ChannelFailedException e) {
      failure = e;
    }
    assertThat(failure).hasCauseInstanceOf(IllegalStateException.class);
  }
}
