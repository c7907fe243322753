package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.runnel.ReceiveResult.Closed;
import dev.runnel.ReceiveResult.Empty;
import dev.runnel.ReceiveResult.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A channel does what a plain queue with the rules written out does, for random operations that do
 * not wait. A failure names the seed: put it in place of the random one to see it again.
 */
class ChannelModelTest {
  @ParameterizedTest
  @CsvSource({
    "0, SUSPEND",
    "1, SUSPEND",
    "2, SUSPEND",
    "100, SUSPEND",
    "2147483647, SUSPEND",
    "1, DROP_OLDEST",
    "2, DROP_OLDEST",
    "100, DROP_OLDEST",
    "2147483647, DROP_OLDEST",
    "1, DROP_LATEST",
    "2, DROP_LATEST",
    "100, DROP_LATEST",
    "2147483647, DROP_LATEST"
  })
  void randomOperationsAgreeWithTheModel(int capacity, Overflow policy) throws Exception {
    Random seeds = new Random();
    for (int i = 0; i < 50; i++) {
      long seed = seeds.nextLong();
      Pair pair = new Pair(capacity, policy, new Random(seed));
      for (int step = 0; step < 300; step++) {
        try {
          pair.step(step);
        } catch (AssertionError e) {
          throw new AssertionError("seed " + seed + "L, step " + step + ": " + e.getMessage(), e);
        }
      }
    }
  }

  /** A channel and its model, which take every step together. */
  private static final class Pair {
    private final int capacity;
    private final Overflow policy;
    private final Random random;
    private final Chan<Integer> chan;

    private final ArrayDeque<Integer> queue = new ArrayDeque<>();
    private @Nullable Closed<Integer> end;
    private long dropped;

    Pair(int capacity, Overflow policy, Random random) {
      this.capacity = capacity;
      this.policy = policy;
      this.random = random;
      this.chan = Chan.buffered(capacity, policy);
    }

    void step(int step) throws InterruptedException {
      int op = random.nextInt(100);
      if (op == 0) {
        close();
      } else if (op == 1) {
        fail(new Exception("step " + step));
      } else if (op < 50) {
        trySend(step);
      } else if (op < 80) {
        tryReceive();
      } else if (op < 90) {
        receiveUpTo(1 + random.nextInt(9));
      } else {
        receiveUpToRefusing(1 + random.nextInt(9), random.nextInt(9));
      }
      assertThat(chan.length()).isEqualTo(queue.size());
      assertThat(chan.dropped()).isEqualTo(dropped);
    }

    private void close() {
      Throwable thrown = catchThrowable(chan::close);
      if (end == null) {
        assertThat(thrown).isNull();
        end = new Closed<>(null);
      } else {
        assertThat(thrown).isInstanceOf(ChannelClosedException.class);
      }
    }

    private void fail(Exception cause) {
      assertThat(chan.fail(cause)).isEqualTo(end == null);
      if (end == null) {
        end = new Closed<>(cause);
      }
    }

    private void trySend(int value) {
      if (end != null) {
        assertThat(catchThrowable(() -> chan.trySend(value)))
            .isInstanceOf(ChannelClosedException.class);
        return;
      }
      boolean taken = queue.size() < capacity || policy == Overflow.DROP_OLDEST;
      if (queue.size() >= capacity && policy != Overflow.SUSPEND) {
        dropped++;
      }
      if (taken && queue.size() >= capacity) {
        queue.removeFirst();
      }
      if (taken) {
        queue.addLast(value);
      }
      assertThat(chan.trySend(value)).isEqualTo(taken);
    }

    private void tryReceive() {
      Integer value = queue.pollFirst();
      ReceiveResult<Integer> expected =
          value != null ? new Value<>(value) : end != null ? end : new Empty<>();
      assertThat(chan.tryReceive()).isEqualTo(expected);
    }

    private void receiveUpTo(int max) throws InterruptedException {
      List<Integer> into = new ArrayList<>();
      if (!queue.isEmpty()) {
        List<Integer> expected = new ArrayList<>();
        while (expected.size() < max && !queue.isEmpty()) {
          expected.add(queue.removeFirst());
        }
        assertThat(chan.receiveUpTo(max, into)).isEqualTo(expected.size());
        assertThat(into).isEqualTo(expected);
      } else if (end != null && end.cause() == null) {
        assertThat(chan.receiveUpTo(max, into)).isZero();
      } else if (end != null) {
        assertThat(catchThrowable(() -> chan.receiveUpTo(max, into)))
            .isInstanceOf(ChannelFailedException.class)
            .hasCause(end.cause());
      } // else it would wait
    }

    private void receiveUpToRefusing(int max, int refused) {
      if (refused >= max || refused >= queue.size()) {
        return;
      }
      List<Integer> into =
          new ArrayList<>() {
            @Override
            public boolean add(Integer value) {
              if (size() == refused) {
                throw new UnsupportedOperationException("refused " + value);
              }
              return super.add(value);
            }
          };
      List<Integer> expected = new ArrayList<>();
      while (expected.size() < refused) {
        expected.add(queue.removeFirst());
      }
      assertThat(catchThrowable(() -> chan.receiveUpTo(max, into)))
          .hasMessage("refused " + queue.removeFirst());
      assertThat(into).isEqualTo(expected);
    }
  }
}
