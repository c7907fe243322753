package dev.runnel.testing;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.runnel.Chan;
import dev.runnel.Task;
import dev.runnel.sync.Cond;
import dev.runnel.sync.Mutex;
import dev.runnel.sync.WaitGroup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the engine's explored tests ask of a channel finds the usual flaws of channels: each is
 * planted in one that is made of a lock and conditions, which without a flaw survives like
 * Runnel's.
 */
@Timeout(120)
class PlantedFlawsTest {

  /** A buffer of one value. */
  private interface Line {
    void send(int value) throws InterruptedException;

    @Nullable Integer receive() throws InterruptedException;

    void close() throws InterruptedException;
  }

  enum Flaw {
    /** A waiter that is woken does not look again. */
    LOOKS_ONCE,
    /** The end wakes one waiter, not all. */
    CLOSE_WAKES_ONE,
    /** The last value is given away though the channel has ended, but the end comes first. */
    END_BEFORE_VALUES,
    /** The buffer is looked at before the lock is taken. */
    LOOKS_WITHOUT_LOCK,
    /** A receiver takes its value in two steps. */
    TAKES_IN_TWO_STEPS,
    /** Senders and receivers wait for the same, and one is woken. */
    WAKES_THE_WRONG_ONE,
    /** A sender tells nobody of its value. */
    SEND_WAKES_NOBODY
  }

  /** A channel made of a lock and conditions. */
  private static final class Homemade implements Line {
    private final Set<Flaw> flaws;
    private final Mutex mutex = new Mutex();
    private final Cond filled = Cond.of(mutex);
    private final Cond emptied;
    private final Queue<Integer> buffer = new ArrayDeque<>();
    private boolean closed;

    Homemade(Set<Flaw> flaws) {
      this.flaws = flaws;
      this.emptied = has(Flaw.WAKES_THE_WRONG_ONE) ? filled : Cond.of(mutex);
    }

    private boolean has(Flaw flaw) {
      return flaws.contains(flaw);
    }

    @Override
    public void send(int value) throws InterruptedException {
      boolean free = has(Flaw.LOOKS_WITHOUT_LOCK) && buffer.isEmpty();
      try (var _ = mutex.hold()) {
        while (!free && !buffer.isEmpty()) {
          emptied.await();
          free = has(Flaw.LOOKS_ONCE);
        }
        assertThat(buffer).as("more than it has room for").isEmpty();
        buffer.add(value);
        if (!has(Flaw.SEND_WAKES_NOBODY)) {
          filled.signal();
        }
      }
    }

    @Override
    public @Nullable Integer receive() throws InterruptedException {
      Integer value;
      try (var _ = mutex.hold()) {
        boolean looked = false;
        while (!looked && buffer.isEmpty() && !closed) {
          filled.await();
          looked = has(Flaw.LOOKS_ONCE);
        }
        if (closed && has(Flaw.END_BEFORE_VALUES)) {
          return null;
        }
        value = has(Flaw.TAKES_IN_TWO_STEPS) ? buffer.peek() : buffer.poll();
        emptied.signal();
      }
      if (value != null && has(Flaw.TAKES_IN_TWO_STEPS)) {
        try (var _ = mutex.hold()) {
          buffer.poll();
          emptied.signal();
        }
      }
      return value;
    }

    @Override
    public void close() throws InterruptedException {
      try (var _ = mutex.hold()) {
        closed = true;
        if (has(Flaw.CLOSE_WAKES_ONE)) {
          filled.signal();
        } else {
          filled.broadcast();
        }
      }
    }
  }

  /** Runnel's. */
  private record Ours(Chan<Integer> channel) implements Line {
    @Override
    public void send(int value) throws InterruptedException {
      channel.send(value);
    }

    @Override
    public @Nullable Integer receive() throws InterruptedException {
      return channel.receive();
    }

    @Override
    public void close() {
      channel.close();
    }
  }

  /** Every value arrives once and in its sender's order, and then the end, for all receivers. */
  private static Task promise(Supplier<Line> lines) {
    return () -> {
      Line line = lines.get();
      WaitGroup senders = new WaitGroup();
      WaitGroup receivers = new WaitGroup();
      List<Integer> got = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        int from = 10 * i;
        senders.go(() -> {
          line.send(from);
          line.send(from + 1);
        });
        receivers.go(() -> {
          for (Integer value = line.receive(); value != null; value = line.receive()) {
            got.add(value);
          }
        });
      }
      go(
              () -> {
                senders.await();
                line.close();
              })
          .join();
      receivers.await();
      assertThat(got).containsExactlyInAnyOrder(0, 1, 10, 11);
    };
  }

  @ParameterizedTest
  @EnumSource
  void eachIsFound(Flaw flaw) {
    Task program = promise(() -> new Homemade(Set.of(flaw)));
    ScheduleError found =
        catchThrowableOfType(ScheduleError.class, () -> Explore.schedules(1000).run(program));
    assertThat(found).as("found").isNotNull();
    ScheduleError again =
        catchThrowableOfType(ScheduleError.class, () -> Explore.replay(found.seed()).run(program));
    assertThat(again.trace()).isEqualTo(found.trace());
  }

  @Test
  void withoutAFlawItSurvives() throws Exception {
    Explore.schedules(2000).run(promise(() -> new Homemade(Set.of())));
  }

  @Test
  void oursSurvives() throws Exception {
    Explore.schedules(10_000).run(promise(() -> new Ours(Chan.buffered(1))));
    Explore.schedules(10_000).run(promise(() -> new Ours(Chan.unbuffered())));
  }
}
