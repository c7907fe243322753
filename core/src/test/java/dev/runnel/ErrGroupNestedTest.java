package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Groups in the goroutines of groups. */
class ErrGroupNestedTest {
  private final IOException disk = new IOException("disk");
  private final Chan<Integer> gate = Chan.unbuffered();
  private final AtomicInteger stopped = new AtomicInteger();

  @Test
  void theEndOfTheOuterOneStopsTheInnerOnesAndIsNoFailure() throws Exception {
    AtomicReference<Throwable> innerSaw = new AtomicReference<>();
    Chan<Integer> started = Chan.unbuffered();
    try (var outer = ErrGroup.open()) {
      outer.go(() -> {
        try (var inner = ErrGroup.open()) {
          inner.go(() -> waitForTheGate(started));
          inner.go(() -> waitForTheGate(started));
          inner.await();
        } catch (ContextException | InterruptedException e) {
          innerSaw.set(e);
          throw e;
        }
      });
      started.receive();
      started.receive();
      outer.cancel();
      outer.await();
      assertThat(stopped).hasValue(2);
      assertThat(innerSaw.get()).isNotNull();
    }
  }

  @Test
  void aFailureInsidePassesOutwardsAndStopsAll() throws Exception {
    try (var outer = ErrGroup.open()) {
      outer.go(gate::receive);
      outer.go(() -> {
        try (var inner = ErrGroup.open()) {
          inner.go(gate::receive);
          inner.go(() -> {
            throw disk;
          });
          inner.await();
        }
      });
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(outer::await)
          .havingCause()
          .isInstanceOf(ExecutionException.class)
          .withCause(disk);
    }
  }

  @Test
  void aFailureThatIsHandledInsideStaysThere() throws Exception {
    try (var outer = ErrGroup.open()) {
      var result =
          outer.call(() -> {
            try (var inner = ErrGroup.open()) {
              inner.go(() -> {
                throw disk;
              });
              inner.await();
              return "undone";
            } catch (ExecutionException e) {
              return "handled " + e.getCause().getMessage();
            }
          });
      outer.await();
      assertThat(result.get()).isEqualTo("handled disk");
      assertThat(outer.context().err()).isNull();
    }
  }

  @Test
  void aMemberOfTheOuterOneMayWaitForTheInnerOne() throws Exception {
    try (var outer = ErrGroup.open();
        var inner = ErrGroup.open(outer.context())) {
      inner.go(gate::receive);
      outer.go(inner::await);
      gate.send(1);
      outer.await();
    }
  }

  @Test
  void manyLevelsEndTogether() throws Exception {
    int depth = 50;
    Chan<Integer> bottom = Chan.unbuffered();
    try (var outer = ErrGroup.open()) {
      outer.go(() -> descend(depth, bottom));
      bottom.receive();
      outer.cancel();
      outer.await();
    }
    assertThat(stopped).hasValue(depth);
  }

  private void descend(int levels, Chan<Integer> bottom) throws Exception {
    if (levels == 0) {
      bottom.send(1);
      gate.receive();
      return;
    }
    try (var group = ErrGroup.open()) {
      group.go(() -> descend(levels - 1, bottom));
      group.await();
    } finally {
      stopped.incrementAndGet();
    }
  }

  private void waitForTheGate(Chan<Integer> started) throws InterruptedException {
    started.send(1);
    try {
      gate.receive();
    } finally {
      stopped.incrementAndGet();
    }
  }
}
