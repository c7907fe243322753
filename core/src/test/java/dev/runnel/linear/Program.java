package dev.runnel.linear;

import dev.runnel.Overflow;
import dev.runnel.linear.Op.Patience;
import dev.runnel.linear.Op.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a few threads do at one or two channels.
 *
 * @param channels of which kinds the channels are
 * @param threads the operations of each thread
 */
record Program(List<Kind> channels, List<List<Op>> threads) {

  private static final int MOST_OF_A_BATCH = 4;

  /** Draws a program. */
  static Program random(Random random) {
    int channels = 1 + random.nextInt(2);
    List<Kind> kinds = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      kinds.add(Kind.random(random));
    }
    int count = 2 + random.nextInt(2);
    int[] nextValue = {1};
    List<List<Op>> threads = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      List<Op> ops = new ArrayList<>();
      for (int i = 2 + random.nextInt(3); i > 0; i--) {
        ops.add(randomOp(random, t, count, channels, nextValue));
      }
      threads.add(ops);
    }
    return new Program(kinds, threads);
  }

  /**
   * A select looks at an empty and a full channel, while the other thread fills the one and then
   * empties the other: at every moment there is a value.
   */
  static Program fullAndEmpty() {
    Way first = new Way(0, Way.RECEIVES);
    Way second = new Way(1, Way.RECEIVES);
    return new Program(
        List.of(new Kind(1, Overflow.SUSPEND, 0), new Kind(1, Overflow.SUSPEND, 1)),
        List.of(
            List.of(new Op(Op.Kind.SELECT, Patience.NONE, List.of(first, second), -1)),
            List.of(
                new Op(Op.Kind.PLAIN, Patience.NONE, List.of(new Way(0, 1)), -1),
                new Op(Op.Kind.PLAIN, Patience.NONE, List.of(second), -1))));
  }

  private static Op randomOp(Random random, int me, int count, int channels, int[] nextValue) {
    int other = (me + 1 + random.nextInt(count - 1)) % count;
    int channel = random.nextInt(channels);
    int draw = random.nextInt(40);
    if (draw <= 1) {
      return new Op(Op.Kind.CLOSE, Patience.NONE, List.of(), channel);
    } else if (draw == 2) {
      return new Op(Op.Kind.FAIL, Patience.NONE, List.of(), channel);
    } else if (draw == 3) {
      return new Op(Op.Kind.LENGTH, Patience.NONE, List.of(), channel);
    } else if (draw < 7) {
      return new Op(Op.Kind.INTERRUPT, Patience.NONE, List.of(), other);
    } else if (draw < 13) {
      return new Op(Op.Kind.AWAIT_WAITING, Patience.NONE, List.of(), other);
    }
    Patience patience =
        switch (random.nextInt(9)) {
          case 0, 1 -> Patience.NONE;
          case 2 -> Patience.TIMED;
          case 8 -> Patience.ZERO;
          case 3 -> Patience.UNTIL_CONTEXT_ENDS;
          default -> Patience.UNBOUNDED;
        };
    if (draw == 13 || draw == 14) {
      Way receive = new Way(channel, Way.RECEIVES);
      return new Op(
          Op.Kind.BATCH, Patience.UNBOUNDED, List.of(receive), 1 + random.nextInt(MOST_OF_A_BATCH));
    }
    if (draw < 30) {
      return new Op(Op.Kind.PLAIN, patience, List.of(way(random, channel, nextValue)), -1);
    }
    Way first = way(random, channel, nextValue);
    Way second = way(random, random.nextInt(channels), nextValue);
    Op.Kind kind = random.nextInt(3) == 0 ? Op.Kind.SELECT_IN_ORDER : Op.Kind.SELECT;
    return new Op(kind, patience, List.of(first, second), -1);
  }

  private static Way way(Random random, int channel, int[] nextValue) {
    return new Way(channel, random.nextBoolean() ? nextValue[0]++ : Way.RECEIVES);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("channels: " + channels);
    for (int t = 0; t < threads.size(); t++) {
      text.append("\n  thread ").append(t).append(": ").append(threads.get(t));
    }
    return text.toString();
  }
}
