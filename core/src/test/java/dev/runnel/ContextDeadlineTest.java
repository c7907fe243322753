package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deadlines and timeouts. */
class ContextDeadlineTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofMillis(1);

  @Test
  void aDeadlineThatPassesEndsTheContext() throws InterruptedException {
    try (var ctx = Context.background().withTimeout(SOON)) {
      ctx.done().receive();
      assertThat(ctx.err()).isInstanceOf(DeadlineExceededException.class).hasNoCause();
      assertThat(ctx.cause()).isInstanceOf(DeadlineExceededException.class);
      assertThatExceptionOfType(DeadlineExceededException.class)
          .isThrownBy(() -> Chan.nil().receive(ctx));
    }
  }

  @Test
  void theCauseOfATimeoutIsNotThatOfACancel() {
    var ctx = Context.background().withTimeout(HOUR, new RuntimeException("too slow"));
    ctx.cancel();
    assertThat(ctx.cause()).isInstanceOf(CanceledException.class).hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void zeroOrNegativeHasEndedAtOnce(long seconds) {
    var ctx = Context.background().withTimeout(Duration.ofSeconds(seconds));
    assertThat(ctx.err()).isInstanceOf(DeadlineExceededException.class);
    assertThat(ctx.done().tryReceive()).isInstanceOf(ReceiveResult.Closed.class);
    assertThat(ctx.deadline()).isBeforeOrEqualTo(Instant.now());
  }

  @Test
  void aDeadlineInThePastHasEndedAtOnce() {
    for (Instant past : new Instant[] {Instant.now().minusSeconds(1), Instant.EPOCH, Instant.MIN}) {
      var ctx = Context.background().withDeadline(past);
      assertThat(ctx.err()).isInstanceOf(DeadlineExceededException.class);
      assertThat(ctx.deadline()).isEqualTo(past);
    }
  }

  @Test
  void aDeadlineBeyondAllTimeIsForEver() {
    try (var max = Context.background().withDeadline(Instant.MAX);
        var longest = Context.background().withTimeout(Duration.ofSeconds(Long.MAX_VALUE, 9));
        var centuries = Context.background().withTimeout(Duration.ofDays(365 * 300L))) {
      assertThat(max.err()).isNull();
      assertThat(max.deadline()).isEqualTo(Instant.MAX);
      assertThat(longest.err()).isNull();
      assertThat(longest.deadline()).isEqualTo(Instant.MAX);
      assertThat(centuries.err()).isNull();
      centuries.cancel();
      assertThat(centuries.err()).isInstanceOf(CanceledException.class);
    }
  }
}
