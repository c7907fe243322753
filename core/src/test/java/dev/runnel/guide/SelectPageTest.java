package dev.runnel.guide;

import static dev.runnel.Go.go;
import static dev.runnel.Select.after;
import static dev.runnel.Select.otherwise;
import static dev.runnel.Select.select;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ReceiveChan;
import dev.runnel.Select;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The chapter about select. */
class SelectPageTest extends Page {
  private final Context ctx = Context.background();

  @Test
  void first() throws Exception {
    Chan<String> jobs = Chan.buffered(1);
    Chan<String> results = Chan.unbuffered();
    jobs.send("job");
    // @start region="select"
    select(
        jobs.onReceive(job -> print(job), () -> print("no more jobs")),
        results.onSend("answer", () -> print("sent")),
        ctx.onDone(() -> print("canceled")));
    // @end
    assertPrinted("job");
  }

  @Test
  void withDefault() throws Exception {
    Chan<String> jobs = Chan.unbuffered();
    // @start region="default"
    select(jobs.onReceive(job -> print(job)), otherwise(() -> print("nothing to do")));
    // @end
    assertPrinted("nothing to do");
  }

  @Test
  void withTimeout() throws Exception {
    Chan<String> jobs = Chan.unbuffered();
    // @start region="timeout"
    select(
        jobs.onReceive(job -> print(job)), after(ofMillis(5), () -> print("waited long enough")));
    // @end
    assertPrinted("waited long enough");
  }

  @Test
  void withResult() throws Exception {
    Chan<Integer> a = Chan.buffered(1);
    Chan<String> b = Chan.unbuffered();
    a.send(7);
    // @start region="result"
    String who =
        select(a.onReceive().map(v -> "a sent " + v), b.onReceive().map(v -> "b sent " + v));
    // @end
    assertThat(who).isEqualTo("a sent 7");
  }

  @Test
  void inALoop() throws Exception {
    Chan<String> jobs = Chan.buffered(2);
    jobs.sendAll(List.of("a", "b"));
    jobs.close();
    // @start region="loop"
    var job = jobs.onReceive();
    var quit = ctx.onDone();
    var select = Select.of(job, quit);
    while (select.await() != quit && !job.closed()) {
      print(job.value());
    }
    // @end
    assertPrinted("a", "b");
  }

  @Test
  void nilSwitchesACaseOff() throws Exception {
    // @start region="nil"
    ReceiveChan<Integer> a = numbers(1, 2);
    ReceiveChan<Integer> b = numbers(3);
    while (a != Chan.<Integer>nil() || b != Chan.<Integer>nil()) {
      var fromA = a.onReceive();
      var fromB = b.onReceive();
      var won = Select.of(fromA, fromB).await();
      if (won == fromA && fromA.closed()) {
        a = Chan.nil();
      } else if (won == fromB && fromB.closed()) {
        b = Chan.nil();
      } else {
        print(won == fromA ? fromA.value() : fromB.value());
      }
    }
    // @end
    assertPrintedInAnyOrder(1, 2, 3);
  }

  private static ReceiveChan<Integer> numbers(Integer... values) {
    Chan<Integer> numbers = Chan.unbuffered();
    go(() -> numbers.closeAfter(() -> numbers.sendAll(List.of(values))));
    return numbers;
  }

  @Test
  void priorities() throws Exception {
    Chan<String> urgent = Chan.buffered(1);
    Chan<String> normal = Chan.buffered(1);
    normal.send("normal");
    urgent.send("urgent");
    // @start region="priority"
    var first = urgent.onReceive();
    var second = normal.onReceive();
    var select = Select.inOrder(first, second);
    var won = select.await(ofSeconds(1)); // null if neither comes
    // @end
    assertThat(won).isSameAs(first);
    assertThat(first.value()).isEqualTo("urgent");
  }
}
