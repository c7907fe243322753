package dev.runnel.pattern;

import static dev.runnel.Go.go;
import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.Goroutine;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Goroutines;
import dev.runnel.testkit.Steps;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The first success wins, and the rest is over when it is told. */
@Timeout(60)
@ExtendWith(Accounted.class)
class RaceTest {
  private final Context background = Context.background();
  private final AtomicInteger interrupted = new AtomicInteger();

  private String never() throws InterruptedException {
    try {
      return Chan.<String>nil().receiveOrThrow();
    } catch (InterruptedException e) {
      interrupted.incrementAndGet();
      throw e;
    }
  }

  @Test
  void theFirstSuccessWinsAndTheOthersAreOver() throws Exception {
    Chan<Integer> begun = Chan.buffered(1);
    String winner =
        Timeouts.race(
            background,
            c -> {
              begun.send(1);
              return never();
            },
            _ -> {
              begun.receive();
              return "won";
            });
    assertThat(winner).isEqualTo("won");
    assertThat(interrupted).hasValue(1);
    assertThat(Goroutines.others()).isEmpty();
  }

  @Test
  void aFailureWinsOnlyIfAllFail() throws Exception {
    Attempt<String, IOException> failing =
        _ -> {
          throw new IOException("one");
        };
    assertThat(Timeouts.<String>race(background, failing, _ -> "won")).isEqualTo("won");
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> Timeouts.<String>race(List.of(failing, failing, failing), background))
        .withCauseInstanceOf(IOException.class)
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2));
  }

  @Test
  void nullMayWinAndNobodyMustRun() throws Exception {
    String none = Timeouts.<String>race(background, _ -> null);
    assertThat(none).isNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Timeouts.<String>race(List.of(), background));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Timeouts.hedge(ofDays(1), 0, background, _ -> 1));
  }

  @Test
  void aHedgeMakesOneAttemptIfThatIsQuick() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    int result = Timeouts.hedge(ofDays(1), 3, background, _ -> attempts.incrementAndGet());
    assertThat(result).isEqualTo(1);
    assertThat(attempts).hasValue(1);
  }

  @Test
  void aHedgeMakesTheNextAttemptAtOnceWhenOneFails() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    int result =
        Timeouts.hedge(
            ofDays(1),
            3,
            background,
            _ -> {
              if (attempts.incrementAndGet() < 3) {
                throw new IOException("no");
              }
              return 3;
            });
    assertThat(result).isEqualTo(3);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() ->
            Timeouts.hedge(
                ofDays(1),
                4,
                background,
                _ -> {
                  throw new IOException("no");
                }))
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(3));
  }

  @Test
  void aHedgeWithoutDelayIsARace() throws Exception {
    Chan<Integer> partner = Chan.unbuffered();
    String result =
        Timeouts.hedge(
            Duration.ZERO,
            2,
            background,
            _ -> {
              if (partner.trySend(1)) {
                return "sent";
              }
              return "received " + partner.receive();
            });
    assertThat(result).isIn("sent", "received 1");
  }

  @Test
  void anInterruptEndsItWhole() throws Exception {
    Chan<Integer> begun = Chan.unbuffered();
    Attempt<String, InterruptedException> attempt =
        c -> {
          begun.send(1);
          return never();
        };
    Goroutine caller = go(() -> Timeouts.<String>race(background, attempt, attempt));
    begun.receive();
    begun.receive();
    caller.interrupt();
    caller.join();
    assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
    assertThat(Goroutines.others()).isEmpty();
  }

  @Test
  void aSuccessThatCameInTimeWinsOverTheEndOfTheContext() throws Exception {
    try (var ctx = background.withCancel()) {
      String result =
          Timeouts.race(
              ctx,
              _ -> {
                ctx.cancel();
                return "won";
              });
      assertThat(result).isEqualTo("won");
    }
  }

  @Test
  void cancelingAtEveryStepLeavesNothing() throws Exception {
    Steps.cancelAtEach((ctx, steps) -> {
      Attempt<Integer, IOException> attempt =
          _ -> {
            steps.step();
            throw new IOException("no");
          };
      try {
        int result =
            Timeouts.<Integer>race(
                ctx,
                attempt,
                attempt,
                _ -> {
                  steps.step();
                  return 1;
                });
        assertThat(result).isEqualTo(1);
      } catch (ContextException e) {
        assertThat(ctx.err()).isNotNull();
      }
      assertThat(Goroutines.others()).isEmpty();
    });
  }
}
