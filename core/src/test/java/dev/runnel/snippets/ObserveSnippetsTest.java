package dev.runnel.snippets;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import dev.runnel.observe.Goroutines;
import dev.runnel.observe.LeakWatch;
import dev.runnel.observe.LockWatch;
import dev.runnel.testkit.Eventually;
import org.junit.jupiter.api.Test;

/** The snippets of {@code dev.runnel.observe}. */
class ObserveSnippetsTest {
  private final StringBuilder printed = new StringBuilder();

  private void print(Object value) {
    printed.setLength(0);
    printed.append(value);
  }

  @Test
  void dump() throws Exception {
    Chan<String> orders = Chan.unbuffered();
    Go.run(() -> {
      Goroutine reader = go("reader", () -> orders.receive());
      Eventually.that(
          "the reader waits",
          () -> {
            // @start region="dump"
            print(Goroutines.dump());
            // @end
            return printed.toString().contains("\"reader\" [chan receive on ");
          });
      orders.close();
      reader.join();
    });
    assertThat(printed.toString()).contains("\"main\" [");
  }

  @Test
  void leaks() {
    // @start region="leaks"
    try (LeakWatch _ = LeakWatch.open(leak -> print(leak.name() + ": " + leak.state()))) {
      // the program
    }
    // @end
    assertThat(printed.toString()).isEmpty(); // nothing is leaked here: LeakWatchTest leaks
  }

  @Test
  void locks() {
    // @start region="locks"
    try (LockWatch _ = LockWatch.open(deadlock -> print(deadlock))) {
      // the program
    }
    // @end
    assertThat(printed.toString()).isEmpty(); // nobody is deadlocked here: LockWatchTest has them
  }
}
