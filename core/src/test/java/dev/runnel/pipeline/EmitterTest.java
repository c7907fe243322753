package dev.runnel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.Context;
import dev.runnel.testkit.Accounted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Code of the user that emits, and code that holds a resource. */
@Timeout(60)
@ExtendWith(Accounted.class)
class EmitterTest {
  private final Context ctx = Context.background();
  private final List<String> log = new ArrayList<>();

  @Test
  void whatIsEmittedIsDealtWithBeforeTheNext() throws Exception {
    Pipeline.<Integer>emit(
            out -> {
              log.add("emits");
              assertThat(out.emit(1)).isTrue();
              assertThat(out.emit(2)).isTrue();
              log.add("ends");
            })
        .forEach(n -> log.add("sees " + n), ctx);
    assertThat(log).containsExactly("emits", "sees 1", "sees 2", "ends");
  }

  @Test
  void afterEnoughNothingGoesOn() throws Exception {
    Pipeline<Integer> three =
        Pipeline.emit(out -> {
          for (int n = 0; n < 3; n++) {
            log.add(n + ": " + out.emit(n));
          }
        });
    assertThat(three.take(2).toList(ctx)).containsExactly(0, 1);
    assertThat(log).containsExactly("0: true", "1: false", "2: false");
  }

  @Test
  void aFailureDownstreamIsNotHeldUpByCodeThatCatchesAll() {
    IOException failure = new IOException("downstream");
    Effect<Emitter<Integer>> catching =
        out -> {
          for (int n = 0; n < 3; n++) {
            try {
              boolean _ = out.emit(n);
            } catch (Exception e) {
              log.add(e.getMessage());
            }
          }
        };
    for (Pipeline<Integer> source :
        List.of(
            Pipeline.<Integer>emit(catching),
            Pipeline.of(1).<Integer>mapMulti((_, out) -> catching.accept(out)))) {
      log.clear();
      assertThatExceptionOfType(PipelineException.class)
          .isThrownBy(() ->
              source
                  .map(_ -> {
                    throw failure;
                  })
                  .named("broken")
                  .run(ctx))
          .satisfies(e -> assertThat(e.stage()).isEqualTo("broken"))
          .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
      assertThat(log).as("each call tells").hasSize(3);
    }
  }

  @Test
  void codeThatEmitsForEverIsStopped() {
    Pipeline<Integer> endless =
        Pipeline.emit(out -> {
          while (out.emit(1)) {
            if (log.isEmpty()) {
              log.add("once");
              Thread.currentThread().interrupt();
            }
          }
        });
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> endless.run(ctx));
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void anotherThreadMayNotEmit() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Pipeline<Integer> shared =
        Pipeline.emit(out -> {
          Thread other =
              Thread.ofVirtual()
                  .start(() -> {
                    try {
                      boolean _ = out.emit(1);
                    } catch (Throwable t) {
                      thrown.set(t);
                    }
                  });
          other.join();
        });
    assertThat(shared.count(ctx)).isZero();
    assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
  }

  private final class Door implements AutoCloseable {
    Door() {
      log.add("open");
    }

    int through(int n) {
      log.add("through " + n);
      return n;
    }

    @Override
    public void close() {
      log.add("close");
    }
  }

  @Test
  void aResourceIsOpenWhileItIsUsed() throws Exception {
    Pipeline<Integer> through = Pipeline.of(1, 2, 3).mapWithResource(Door::new, Door::through);
    assertThat(through.toList(ctx)).containsExactly(1, 2, 3);
    assertThat(log).containsExactly("open", "through 1", "through 2", "through 3", "close");
    log.clear();
    assertThat(through.take(1).toList(ctx)).containsExactly(1);
    assertThat(log).containsExactly("open", "through 1", "close");
  }

  @Test
  void aResourceIsClosedAfterAFailure() {
    IOException failure = new IOException("second");
    IOException closing = new IOException("closing");
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() ->
            Pipeline.of(1, 2)
                .<Door, Integer>mapWithResource(
                    Door::new,
                    (door, n) -> {
                      if (n == 2) {
                        throw failure;
                      }
                      return door.through(n);
                    },
                    door -> {
                      door.close();
                      throw closing;
                    })
                .named("door")
                .run(ctx))
        .satisfies(e -> assertThat(e.stage()).isEqualTo("door"))
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure))
        .satisfies(e -> assertThat(e.getSuppressed()).containsExactly(closing));
    assertThat(log).containsExactly("open", "through 1", "close");
  }

  @Test
  void aResourceMayHaveALastResult() throws Exception {
    Pipeline<Integer> withLast =
        Pipeline.of(1, 2)
            .mapWithResource(
                Door::new,
                Door::through,
                door -> {
                  door.close();
                  return Optional.of(9);
                });
    assertThat(withLast.toList(ctx)).containsExactly(1, 2, 9);
    assertThat(withLast.take(2).toList(ctx)).containsExactly(1, 2);
  }

  @Test
  void anOpeningOrClosingThatFailsHasTheStagesName() {
    IOException failure = new IOException("stuck");
    for (Pipeline<Integer> stuck :
        List.of(
            Pipeline.of(1)
                .<AutoCloseable, Integer>mapWithResource(
                    () -> {
                      throw failure;
                    },
                    (_, n) -> n),
            Pipeline.of(1)
                .<AutoCloseable, Integer>mapWithResource(
                    () ->
                        () -> {
                          throw failure;
                        },
                    (_, n) -> n))) {
      assertThatExceptionOfType(PipelineException.class)
          .isThrownBy(() -> stuck.run(ctx))
          .satisfies(e -> assertThat(e.stage()).startsWith("mapWithResource ("))
          .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
    }
  }
}
