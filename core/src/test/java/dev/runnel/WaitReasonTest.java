package dev.runnel;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.sync.WaitGroup;
import dev.runnel.testkit.Eventually;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A goroutine shows what it waits for, and thread dumps show on what. */
class WaitReasonTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Chan<Integer> channel = Chan.unbuffered();
  private final CancelContext ctx = Context.background().withCancel();

  @Test
  void channels() throws InterruptedException {
    assertWait("chan receive", channel, channel::receive);
    assertWait("chan receive", channel, () -> channel.receive(ctx));
    assertWait("chan receive", channel, () -> channel.receive(HOUR));
    assertWait("chan receive", channel, () -> channel.receiveEach(v -> {}));
    assertWait("chan send", channel, () -> channel.send(1));
    assertWait("chan send", channel, () -> channel.send(1, ctx));
    assertWait("chan receive (nil chan)", Chan.nil(), () -> Chan.nil().receive());
    assertWait("chan send (nil chan)", Chan.nil(), () -> Chan.nil().send(1));
  }

  @Test
  void selects() throws InterruptedException {
    Chan<Integer> other = Chan.unbuffered();
    assertWait("select", null, () -> Select.select(channel.onReceive(), other.onReceive()));
    assertWait("select", null, () -> Select.select(Select.after(HOUR, () -> {})));
    assertWait("select (no cases)", null, () -> Select.select());
    assertWait("select (no cases)", null, () -> Select.select(Chan.nil().onReceive()));
  }

  @Test
  void everythingElse() throws InterruptedException {
    WaitGroup group = new WaitGroup();
    group.add(1);
    Goroutine sleeper = go(() -> Go.sleep(HOUR));
    Future<Integer> future = Go.call(channel::receive);
    assertWait("sleep", Go.class, () -> Go.sleep(HOUR));
    assertWait("wait group", group, group::await);
    assertWait("join", sleeper, sleeper::join);
    assertWait("future get", future, future::get);
    sleeper.interrupt();
    future.cancel(true);
  }

  @Test
  void runningAndDone() throws InterruptedException {
    String[] shown = new String[1];
    Goroutine goroutine = go("worker", () -> shown[0] = Goroutine.current().toString());
    goroutine.join();
    assertThat(shown[0]).isEqualTo("goroutine " + goroutine.id() + " \"worker\" [running]");
    assertThat(goroutine).hasToString("goroutine " + goroutine.id() + " \"worker\" [done]");
  }

  private static void assertWait(String reason, Object blocker, Task task)
      throws InterruptedException {
    Thread[] thread = new Thread[1];
    Goroutine goroutine =
        go(() -> {
          thread[0] = Thread.currentThread();
          task.run();
        });
    String expected = "goroutine " + goroutine.id() + " [" + reason + "]";
    Eventually.that(expected, () -> goroutine.toString().equals(expected));
    if (blocker != null) {
      Eventually.that(
          "parked on " + blocker, () -> blocker.equals(LockSupport.getBlocker(thread[0])));
    }
    goroutine.interrupt();
    goroutine.join();
    assertThat(goroutine).hasToString("goroutine " + goroutine.id() + " [done]");
  }
}
