package dev.runnel;

import static dev.runnel.Go.go;
import static dev.runnel.Select.after;
import static dev.runnel.Select.select;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sketch at the head of the design, as it stands there. */
class FirstProgramTest {
  private boolean open = true;
  private int sent;

  @Test
  void rangesOverAChannelUntilItsSenderIsDone() {
    List<Integer> seen = new ArrayList<>();
    Chan<Integer> jobs = Chan.buffered(100);
    go(() ->
        jobs.closeAfter(() -> {
          for (int i = 0; i < 9; i++) {
            jobs.send(i);
          }
        }));
    for (int job : jobs) {
      seen.add(job);
    }
    assertThat(seen).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void selectsWithHandlersAndMappings() throws InterruptedException {
    Chan<String> jobs = Chan.buffered(1);
    Chan<String> results = Chan.unbuffered();
    Context ctx = Context.background();
    List<String> seen = new ArrayList<>();
    jobs.send("job");
    select(
        jobs.onReceive(job -> seen.add(job), () -> open = false),
        results.onSend("answer", () -> sent++),
        ctx.onDone(() -> seen.add("cancelled")),
        after(ofSeconds(60), () -> seen.add("timeout")));
    assertThat(seen).containsExactly("job");
    assertThat(open).isTrue();
    assertThat(sent).isZero();

    Chan<Integer> a = Chan.buffered(1);
    Chan<Integer> b = Chan.buffered(1);
    b.send(7);
    String who = select(a.onReceive().map(v -> "a " + v), b.onReceive().map(v -> "b " + v));
    assertThat(who).isEqualTo("b 7");
  }

  @Test
  void selectsInALoopWithoutHandlers() throws InterruptedException {
    Chan<Integer> jobs = Chan.buffered(10);
    jobs.sendAll(List.of(1, 2, 3));
    jobs.close();
    List<Integer> seen = new ArrayList<>();
    try (var ctx = Context.background().withCancel()) {
      var job = jobs.onReceive();
      var quit = ctx.onDone();
      var select = Select.of(job, quit);
      while (select.await() != quit && !job.closed()) {
        seen.add(job.value());
      }
    }
    assertThat(seen).containsExactly(1, 2, 3);
  }
}
