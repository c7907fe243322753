package dev.runnel.snippets;

import static dev.runnel.Go.go;
import static dev.runnel.Select.after;
import static dev.runnel.Select.select;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ErrGroup;
import dev.runnel.ReceiveResult;
import dev.runnel.Select;
import dev.runnel.sync.WaitGroup;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each test holds one snippet of the Javadoc, between its region markers. */
@Timeout(60)
class SnippetsTest {
  private final Queue<Object> seen = new ConcurrentLinkedQueue<>();
  private boolean open = true;
  private int sent;

  private void print(Object value) {
    seen.add(value);
  }

  @Test
  void pipeOfSquares() {
    // @start region="squares"
    Chan<Integer> squares = Chan.buffered(10);
    go(() ->
        squares.closeAfter(() -> {
          for (int i = 0; i < 10; i++) {
            squares.send(i * i);
          }
        }));
    for (int square : squares) {
      print(square);
    }
    // @end
    assertThat(seen).containsExactly(0, 1, 4, 9, 16, 25, 36, 49, 64, 81);
  }

  @Test
  void hello() throws InterruptedException {
    // @start region="hello"
    var greeter = go(() -> print("hello from a goroutine"));
    greeter.join();
    // @end
    assertThat(seen).containsExactly("hello from a goroutine");
  }

  @Test
  void tryReceive() throws InterruptedException {
    Chan<String> jobs = Chan.buffered(1);
    for (int turn = 0; turn < 3; turn++) {
      // @start region="try-receive"
      switch (jobs.tryReceive()) {
        case ReceiveResult.Value<String>(var job) -> print(job);
        case ReceiveResult.Closed<String> end -> print("closed, cause " + end.cause());
        case ReceiveResult.Empty<String> _ -> print("nothing now");
      }
      // @end
      if (turn == 0) {
        jobs.send("job");
        jobs.close();
      }
    }
    assertThat(seen).containsExactly("nothing now", "job", "closed, cause null");
  }

  @Test
  void selectWithHandlers() throws InterruptedException {
    Chan<String> jobs = Chan.unbuffered();
    Chan<String> results = Chan.buffered(1);
    Context ctx = Context.background();
    // @start region="select"
    select(
        jobs.onReceive(job -> print(job), () -> open = false),
        results.onSend("answer", () -> sent++),
        ctx.onDone(() -> print("canceled")),
        after(ofSeconds(60), () -> print("timeout")));
    // @end
    assertThat(sent).isEqualTo(1);
    assertThat(open).isTrue();
    assertThat(seen).isEmpty();
  }

  @Test
  void selectInALoop() throws InterruptedException {
    Chan<Integer> jobs = Chan.buffered(10);
    jobs.sendAll(List.of(1, 2, 3));
    jobs.close();
    Context ctx = Context.background();
    // @start region="select-loop"
    var job = jobs.onReceive();
    var quit = ctx.onDone();
    var select = Select.of(job, quit);
    while (select.await() != quit && !job.closed()) {
      print(job.value());
    }
    // @end
    assertThat(seen).containsExactly(1, 2, 3);
  }

  @Test
  void errGroup() throws Exception {
    List<String> files = List.of("a", "b", "c");
    // @start region="group"
    try (var group = ErrGroup.open()) {
      for (String file : files) {
        group.go(() -> print(file));
      }
      group.await(); // throws what a goroutine threw, as the cause
    }
    // @end
    assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void waitGroup() throws InterruptedException {
    List<String> urls = List.of("a", "b", "c");
    // @start region="wait-group"
    var done = new WaitGroup();
    for (String url : urls) {
      var _ = done.go(() -> print(url));
    }
    done.await();
    // @end
    assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
  }
}
