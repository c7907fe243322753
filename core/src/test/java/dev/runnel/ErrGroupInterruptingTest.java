package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.channels.Pipe;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Whether the end of a group's context interrupts its goroutines. */
class ErrGroupInterruptingTest {
  private final AtomicReference<Boolean> interrupted = new AtomicReference<>();

  @Test
  void itDoes() throws Exception {
    assertThat(flagAfterTheEndOf(ErrGroup.open())).isTrue();
    assertThat(flagAfterTheEndOf(ErrGroup.open().interrupting(true))).isTrue();
  }

  @Test
  void butNotWhenThatIsSwitchedOff() throws Exception {
    assertThat(flagAfterTheEndOf(ErrGroup.open().interrupting(false))).isFalse();
  }

  private Boolean flagAfterTheEndOf(ErrGroup group) throws Exception {
    try (group) {
      group.go(() -> {
        group.cancel(); // interrupts its own caller, at once
        interrupted.set(Thread.currentThread().isInterrupted());
      });
      group.await();
    }
    return interrupted.get();
  }

  @Test
  void withoutInterruptsTheContextsEndStillReachesWhoWatchesIt() throws Exception {
    RuntimeException boom = new RuntimeException("boom");
    Chan<Integer> never = Chan.unbuffered();
    try (var group = ErrGroup.open().interrupting(false)) {
      group.go(() -> never.receive(group.context()));
      group.go(() -> {
        throw boom;
      });
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(group::await)
          .satisfies(failed -> assertThat(failed.getSuppressed()).isEmpty())
          .withCause(boom);
    }
  }

  @Test
  void withoutInterruptsAnNioChannelStaysOpen() throws Exception {
    for (boolean interrupts : new boolean[] {true, false}) {
      Pipe pipe = Pipe.open();
      try (Pipe.SinkChannel sink = pipe.sink();
          Pipe.SourceChannel source = pipe.source();
          var group = ErrGroup.open().interrupting(interrupts)) {
        group.go(() -> {
          group.cancel();
          sink.write(java.nio.ByteBuffer.allocate(1));
        });
        group.await();
        assertThat(sink.isOpen()).isNotEqualTo(interrupts);
        assertThat(source.isOpen()).isTrue();
      }
    }
  }

  @Test
  void itIsSetBeforeTheFirstGoroutine() throws Exception {
    try (var group = ErrGroup.open()) {
      group.go(() -> {});
      group.await();
      assertThatIllegalStateException()
          .isThrownBy(() -> group.interrupting(false))
          .withMessageContaining("interrupting");
    }
  }
}
