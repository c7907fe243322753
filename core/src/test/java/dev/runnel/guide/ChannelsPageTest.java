package dev.runnel.guide;

import static dev.runnel.Go.go;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.Overflow;
import dev.runnel.ReceiveChan;
import dev.runnel.ReceiveResult;
import dev.runnel.SendChan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The chapter about channels: each rule, and what shows it. */
class ChannelsPageTest extends Page {
  private final Context ctx = Context.background();

  @Test
  void make() throws Exception {
    // @start region="make"
    Chan<Integer> handOver = Chan.unbuffered();
    Chan<Integer> queue = Chan.buffered(100);
    go(() -> handOver.send(1)); // waits for a receiver
    queue.send(2); // waits only while 100 are in it
    print(handOver.receive() + queue.receive());
    // @end
    assertPrinted(3);
  }

  // @start region="directions"
  /** Sends the numbers up to n; only a sender can close. */
  static void count(int n, SendChan<Integer> out) throws Exception {
    out.closeAfter(() -> {
      for (int i = 1; i <= n; i++) {
        out.send(i);
      }
    });
  }

  static int sum(ReceiveChan<Integer> in) {
    int sum = 0;
    for (int value : in) {
      sum += value;
    }
    return sum;
  }

  // @end

  @Test
  void rangeUntilClosed() {
    Chan<Integer> numbers = Chan.unbuffered();
    // @start region="range"
    go(() -> count(4, numbers));
    print(sum(numbers));
    // @end
    assertPrinted(10);
  }

  @Test
  void theEnd() throws Exception {
    Chan<String> words = Chan.buffered(1);
    words.send("last");
    words.close();
    // @start region="comma-ok"
    for (String word; (word = words.receive()) != null; ) {
      print(word);
    }
    print("closed and drained");
    // @end
    assertPrinted("last", "closed and drained");
  }

  @Test
  void closed() throws Exception {
    Chan<Integer> chan = Chan.buffered(2);
    chan.sendAll(List.of(1, 2));
    chan.close();
    assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> chan.send(3));
    assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(chan::close);
    assertThat(chan.receive()).isEqualTo(1);
    assertThat(chan.receive()).isEqualTo(2);
    assertThat(chan.receive()).isNull();
    assertThat(chan.receive()).isNull();
    assertThat(chan.length()).isZero();
    assertThat(chan.capacity()).isEqualTo(2);
  }

  @Test
  void nil() throws Exception {
    Chan<Integer> nil = Chan.nil();
    assertThat(nil.trySend(1)).isFalse();
    assertThat(nil.receive(ofMillis(1)).hasValue()).isFalse();
    assertThatIllegalStateException().isThrownBy(nil::close);
  }

  @Test
  void fail() {
    Chan<String> lines = Chan.unbuffered();
    // @start region="fail"
    go(() -> {
      lines.send("first");
      lines.fail(new IOException("disk full"));
    });
    try {
      for (String line : lines) {
        print(line);
      }
    } catch (ChannelFailedException e) {
      print(e.getCause().getMessage());
    }
    // @end
    assertPrinted("first", "disk full");
  }

  @Test
  void tryForms() throws Exception {
    Chan<Integer> jobs = Chan.buffered(1);
    // @start region="try"
    if (!jobs.trySend(1)) {
      print("full");
    }
    switch (jobs.tryReceive()) {
      case ReceiveResult.Value<Integer>(Integer job) -> print("job " + job);
      case ReceiveResult.Closed<Integer> _ -> print("no more");
      case ReceiveResult.Empty<Integer> _ -> print("nothing now");
    }
    // @end
    assertPrinted("job 1");
  }

  @Test
  void boundedWaits() throws Exception {
    Chan<Integer> jobs = Chan.unbuffered();
    // @start region="bounded"
    boolean went = jobs.send(1, ofMillis(5));
    try (var soon = ctx.withTimeout(ofMillis(5))) {
      jobs.receive(soon);
    } catch (ContextException e) {
      print(went + ", " + e.getMessage());
    }
    // @end
    assertThat(printedLines()).isEqualTo(1);
  }

  @Test
  void batches() throws Exception {
    Chan<String> log = Chan.buffered(10);
    // @start region="batch"
    log.sendAll(List.of("a", "b", "c"));
    List<String> batch = new ArrayList<>();
    log.receiveUpTo(100, batch); // waits for one, and takes what else is there
    // @end
    assertThat(batch).containsExactly("a", "b", "c");
  }

  @Test
  void policies() throws Exception {
    // @start region="overflow"
    Chan<Integer> latest = Chan.buffered(1, Overflow.DROP_OLDEST);
    latest.send(1);
    latest.send(2); // never waits
    print(latest.receive() + ", dropped " + latest.dropped());
    // @end
    assertPrinted("2, dropped 1");
  }
}
