package dev.runnel.testing;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.runnel.Chan;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Goroutines that are left behind, in real time. */
@Timeout(60)
class LeaksTest {

  @Test
  void whatEndsIsNoLeak() throws Exception {
    for (int i = 0; i < 300; i++) {
      Leaks.check(() -> {
        Chan<Integer> quit = Chan.unbuffered();
        go(() -> quit.receive());
        quit.close();
      });
    }
    Leaks.check(() -> go(() -> Go.sleep(Duration.ofMillis(50))));
  }

  /** It is clear at once: the check does not wait for the grace. */
  @Test
  void whoSleepsForEverIsNamedAndInterrupted() throws Exception {
    AtomicReference<Goroutine> left = new AtomicReference<>();
    assertThatExceptionOfType(LeakError.class)
        .isThrownBy(() ->
            Leaks.check(
                Duration.ofDays(1), () -> left.set(go("reader", Chan.unbuffered()::receive))))
        .withMessageStartingWith("1 goroutine is left:")
        .withMessageContaining("\"reader\" [chan receive on ");
    left.get().join();
  }

  private static void lose() {
    go("lost", () -> Chan.unbuffered().receive());
  }

  @Test
  void theTwoKindsAreToldApart() {
    Chan<Integer> reachable = Chan.unbuffered();
    assertThatExceptionOfType(LeakError.class)
        .isThrownBy(() ->
            Leaks.check(() -> {
              lose();
              go("waiting", () -> reachable.receive());
            }))
        .withMessageStartingWith("2 goroutines are left:")
        .withMessageMatching(
            "(?s).*proven by the garbage collector.*\"lost\" \\[chan receive.*created by"
                + ".*LeaksTest.lose.*still running or waiting.*\"waiting\" \\[chan receive.*");
    reachable.close();
  }

  @Test
  void whoDoesNotEndInTimeIsALeak() {
    CountDownLatch foreign = new CountDownLatch(1);
    assertThatExceptionOfType(LeakError.class)
        .isThrownBy(() -> Leaks.check(Duration.ofMillis(50), () -> go("stuck", foreign::await)))
        .withMessageContaining("\"stuck\" [blocked outside Runnel]");
    foreign.countDown();
  }

  @Test
  void goroutinesOfOthersDoNotCount() throws Exception {
    Chan<Integer> others = Chan.unbuffered();
    Goroutine other = go(others::receive);
    Leaks.check(() -> {});
    others.close();
    other.join();
  }

  @Test
  void theTasksFailureIsThrownAsItIs() {
    IOException thrown = new IOException("disk");
    Throwable caught =
        catchThrowable(() ->
            Leaks.check(() -> {
              go(Chan.unbuffered()::receive);
              throw thrown;
            }));
    assertThat(caught).isSameAs(thrown);
    assertThat(caught.getSuppressed()).hasExactlyElementsOfTypes(LeakError.class);
    Error error = new Error("bad");
    assertThat(
            catchThrowable(() ->
                Leaks.check(() -> {
                  throw error;
                })))
        .isSameAs(error);
  }

  @Test
  void inABubbleItIsRefused() {
    assertThatIllegalStateException().isThrownBy(() -> Bubble.run(() -> Leaks.check(() -> {})));
  }
}
