package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.testkit.Garbage;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A context that has ended is forgotten by all that live longer. */
class ContextMemoryTest {
  private static final int MANY = 1_000_000;

  /** A tenth of what these contexts would take if they stayed. */
  private static final long SLACK = 10_000_000;

  private final CancelContext parent = Context.background().withCancel();

  @Test
  void aMillionChildrenClosedUnderOneParentLeaveNothing() {
    long before = Garbage.used();
    for (int i = 0; i < MANY; i++) {
      parent.withCancel().close();
    }
    assertThat(Garbage.used() - before).isLessThan(SLACK);
    parent.close();
  }

  @Test
  void aMillionDeadlinesOfAnHourClosedAfterUseLeaveNothing() {
    long before = Garbage.used();
    for (int i = 0; i < MANY; i++) {
      try (var ctx = parent.withTimeout(Duration.ofHours(1))) {
        ctx.check();
      }
    }
    assertThat(Garbage.used() - before).isLessThan(SLACK);
    parent.close();
  }

  @Test
  void manyStoppedTasksAndFinishedRunsLeaveNothing() throws Exception {
    long before = Garbage.used();
    for (int i = 0; i < MANY / 5; i++) {
      parent.afterDone(() -> {}).stop();
      parent.run(() -> {});
    }
    assertThat(Garbage.used() - before).isLessThan(SLACK);
    parent.close();
  }

  @Test
  void waitersThatWereServedLeaveNothingAtTheContextTheyWatched() throws InterruptedException {
    Chan<Integer> channel = Chan.unbuffered();
    Goroutine echo = Go.go(() -> channel.receiveEach(v -> {}));
    long before = Garbage.used();
    for (int i = 0; i < 200_000; i++) {
      channel.send(i, parent);
    }
    channel.close();
    echo.join();
    assertThat(Garbage.used() - before).isLessThan(SLACK);
    parent.close();
  }

  @Test
  void aChildThatEndedByItsDeadlineIsForgotten() throws InterruptedException {
    Garbage.awaitCollection("the child", endedChild());
    parent.close();
  }

  private WeakReference<Context> endedChild() throws InterruptedException {
    CancelContext child = parent.withTimeout(Duration.ofMillis(1));
    child.done().receive();
    return new WeakReference<>(child);
  }
}
