package dev.runnel.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingTest {
  private final Ring ring = new Ring();

  @Test
  void anEmptyRingGivesNothing() {
    assertThat(ring.size()).isZero();
    assertThat(ring.take()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 7, 8})
  void itKeepsTheOrderWhenItGrowsWhereverItsHeadStands(int head) {
    for (int i = 0; i < 8; i++) {
      ring.add(i);
    }
    for (int i = 0; i < head; i++) {
      assertThat(ring.take()).isEqualTo(i);
      ring.add(8 + i); // wraps round
    }
    for (int i = 8 + head; i < 100; i++) {
      ring.add(i);
    }
    assertThat(takeAll()).containsExactlyElementsOf(IntStream.range(head, 100).boxed().toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 16})
  void whatIsPutBackComesFirstEvenIfItMustGrow(int size) {
    for (int i = 0; i < size; i++) {
      ring.add(i);
    }
    ring.putBack(-1);
    ring.putBack(-2);
    assertThat(ring.size()).isEqualTo(size + 2);
    assertThat(takeAll()).containsExactlyElementsOf(IntStream.range(-2, size).boxed().toList());
  }

  @Test
  void itDoesWhatADequeDoes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    ArrayDeque<Object> model = new ArrayDeque<>();
    for (int i = 0; i < 10_000; i++) {
      switch (random.nextInt(8)) {
        case 0, 1, 2, 3 -> {
          ring.add(i);
          model.addLast(i);
        }
        case 4 -> {
          ring.putBack(i);
          model.addFirst(i);
        }
        default ->
            assertThat(ring.take()).as("seed %d, step %d", seed, i).isEqualTo(model.pollFirst());
      }
      assertThat(ring.size()).as("seed %d, step %d", seed, i).isEqualTo(model.size());
    }
    assertThat(takeAll()).as("seed %d", seed).containsExactlyElementsOf(model);
  }

  private List<Object> takeAll() {
    List<Object> all = new ArrayList<>();
    for (Object value; (value = ring.take()) != null; ) {
      all.add(value);
    }
    return all;
  }
}
