package dev.runnel.guide;

import static dev.runnel.Go.go;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.ErrGroup;
import dev.runnel.ReceiveChan;
import dev.runnel.Select;
import dev.runnel.sync.Mutex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The chapters about best practices and anti-patterns. */
class PracticesPageTest extends Page {
  private final Context ctx = Context.background();

  // @start region="owner"
  /** The goroutine that sends is started here, and it alone closes; others can only receive. */
  static ReceiveChan<Integer> countdown(int from, Context ctx) {
    Chan<Integer> numbers = Chan.unbuffered();
    go(
        ctx,
        () ->
            numbers.closeAfter(() -> {
              for (int n = from; n > 0; n--) {
                numbers.send(n);
              }
            }));
    return numbers;
  }

  // @end

  @Test
  void ownership() {
    for (int n : countdown(3, ctx)) {
      print(n);
    }
    assertPrinted(3, 2, 1);
  }

  // @start region="share"
  /** A map that one goroutine owns: others ask it. */
  static final class Counts {
    record Question(String word, Chan<Integer> answer) {}

    private final Chan<String> words = Chan.unbuffered();
    private final Chan<Question> questions = Chan.unbuffered();

    void serve(Context ctx) throws InterruptedException {
      Map<String, Integer> counts = new HashMap<>();
      var word = words.onReceive();
      var question = questions.onReceive();
      var quit = ctx.onDone();
      var select = Select.of(word, question, quit);
      for (var won = select.await(); won != quit; won = select.await()) {
        if (won == word) {
          counts.merge(word.value(), 1, Integer::sum);
        } else {
          question.value().answer().send(counts.getOrDefault(question.value().word(), 0));
        }
      }
    }

    int of(String word, Context ctx) throws InterruptedException {
      Chan<Integer> answer = Chan.buffered(1); // so that the owner never waits for the asker
      questions.send(new Question(word, answer), ctx);
      return answer.receive(ctx);
    }
  }

  // @end

  @Test
  void sharingByCommunicating() throws Exception {
    Counts counts = new Counts();
    try (var group = ErrGroup.open(ctx)) {
      group.go(() -> counts.serve(group.context()));
      counts.words.send("go");
      counts.words.send("go");
      assertThat(counts.of("go", group.context())).isEqualTo(2);
      group.cancel();
    }
  }

  @Test
  void aMutexIsFine() throws Exception {
    AtomicInteger total = new AtomicInteger();
    // @start region="mutex"
    Mutex mutex = new Mutex();
    List<String> shared = new ArrayList<>();
    try (var group = ErrGroup.open(ctx)) {
      for (int i = 0; i < 100; i++) {
        group.go(() -> {
          try (var _ = mutex.hold()) {
            shared.add("entry");
          }
        });
      }
      group.await();
    }
    // @end
    total.set(shared.size());
    assertThat(total).hasValue(100);
  }

  @Test
  void leak() throws Exception {
    // @start region="no-leak"
    try (var soon = ctx.withTimeout(ofMillis(5));
        var group = ErrGroup.open(soon)) {
      Chan<String> answers = Chan.unbuffered();
      group.go(() -> answers.send("nobody listens")); // in Go, this one waits for ever
      group.await();
    } catch (ContextException e) {
      print("told to stop, and stopped");
    }
    // @end
    assertPrinted("told to stop, and stopped");
  }

  @Test
  void truncatedStream() {
    // @start region="truncated"
    Chan<String> rows = Chan.unbuffered();
    go(
        ctx,
        () -> {
          rows.send("row 1");
          rows.fail(new IOException("connection lost")); // closeAfter does this by itself
        });
    try {
      print(rows.stream().count() + " rows");
    } catch (ChannelFailedException e) {
      print("incomplete: " + e.getCause().getMessage());
    }
    // @end
    assertPrinted("incomplete: connection lost");
  }

  @Test
  void lostErrors() throws Exception {
    // @start region="all-failures"
    try (var group = ErrGroup.open(ctx)) {
      group.go(() -> fetch(""));
      group.await();
    } catch (ExecutionException e) {
      print(e.getCause().getMessage()); // those that failed later: e.getSuppressed()
    }
    // @end
    assertPrinted("no address");
  }
}
