package dev.runnel.guide;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.ContextKey;
import dev.runnel.ErrGroup;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The chapters about contexts and error groups. */
class ContextPageTest extends Page {
  private final Context ctx = Context.background();

  @Test
  void cancel() {
    // @start region="cancel"
    try (var child = ctx.withCancel()) {
      child.cancel(new IllegalStateException("enough"));
      print(child.err().getMessage() + ": " + child.cause().getMessage());
    }
    // @end
    assertThat(printedLines()).isEqualTo(1);
  }

  @Test
  void deadline() throws Exception {
    Chan<String> answers = Chan.unbuffered();
    // @start region="deadline"
    try (var soon = ctx.withTimeout(ofMillis(5))) {
      print(answers.receive(soon));
    } catch (ContextException e) {
      print("too late");
    }
    // @end
    assertPrinted("too late");
  }

  @Test
  void run() throws Exception {
    // @start region="run"
    try (var soon = ctx.withTimeout(ofMillis(5))) {
      soon.run(() -> new CountDownLatch(1).await()); // code that knows nothing of contexts
    } catch (ContextException e) {
      print("interrupted");
    }
    // @end
    assertPrinted("interrupted");
  }

  @Test
  void values() throws Exception {
    // @start region="values"
    ContextKey<String> user = ContextKey.of("user");
    Context request = ctx.withValue(user, "ann");
    request.run(() -> print(Context.current().value(user)));
    // @end
    assertPrinted("ann");
  }

  @Test
  void afterDone() throws Exception {
    Chan<String> told = Chan.buffered(1);
    // @start region="after-done"
    try (var child = ctx.withCancel()) {
      var stop = child.afterDone(() -> told.send("cleaned up"));
      print(stop.stop()); // true: it will not run
    }
    // @end
    assertPrinted(true);
  }

  @Test
  void group() throws Exception {
    List<String> urls = List.of("a", "b");
    // @start region="group"
    try (var group = ErrGroup.open(ctx)) {
      for (String url : urls) {
        group.go(() -> print(fetch(url)));
      }
      group.await();
    }
    // @end
    assertPrintedInAnyOrder("<a>", "<b>");
  }

  @Test
  void groupFails() throws Exception {
    // @start region="group-fails"
    try (var group = ErrGroup.open(ctx).limit(10)) {
      group.go(() -> Chan.nil().receive()); // interrupted when the other fails
      group.go(() -> fetch(""));
      group.await();
    } catch (ExecutionException e) {
      print(e.getCause().getMessage());
    }
    // @end
    assertPrinted("no address");
  }

  @Test
  void groupResults() throws Exception {
    // @start region="group-results"
    try (var group = ErrGroup.open(ctx)) {
      Future<String> a = group.call(() -> fetch("a"));
      Future<String> b = group.call(() -> fetch("b"));
      group.await();
      print(a.get() + b.get());
    }
    // @end
    assertPrinted("<a><b>");
  }
}
