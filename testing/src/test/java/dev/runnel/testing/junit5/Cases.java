package dev.runnel.testing.junit5;

import static dev.runnel.Go.go;

import dev.runnel.Chan;
import dev.runnel.Go;
import dev.runnel.testing.Explored;
import dev.runnel.testing.NoLeaks;
import dev.runnel.testing.RunnelTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Run under JUnit 5 by {@link JUnit5Test}. Its failures are wanted, so its name is no test's. */
class Cases {

  @RunnelTest
  void inABubble(Clock clock) throws Exception {
    Go.sleep(Duration.ofDays(365));
    if (!clock.instant().equals(Instant.parse("2000-12-31T00:00:00Z"))) {
      throw new AssertionError(clock.instant());
    }
  }

  @Explored(100)
  void explored() throws Exception {
    Chan<Integer> channel = Chan.unbuffered();
    go(() -> channel.send(1));
    channel.receive();
  }

  @NoLeaks
  @Test
  void leavesNothing() throws Exception {
    go(() -> {}).join();
  }

  @RunnelTest
  void deadlocked() throws Exception {
    Chan.unbuffered().receive();
  }

  @Explored(value = 100, by = Explored.By.PCT)
  void leaking() {
    go("left", Chan.unbuffered()::receive);
  }

  @NoLeaks
  @Test
  void leaves() {
    go("left behind", Chan.unbuffered()::receive);
  }
}
