package dev.runnel.soak;

import dev.runnel.Overflow;
import java.util.SplittableRandom;

/**
 * What one party does: so many workers at so many channels of one kind.
 *
 * @param channels how many channels
 * @param capacity of each; {@link Integer#MAX_VALUE} for unbounded
 * @param overflow what a full channel does
 * @param senders how many workers send
 * @param receivers how many workers receive; at least one for each channel
 * @param perSender how many values each sender tries to send
 * @param end how the channels end
 * @param stormy whether workers are interrupted and their contexts canceled
 * @param refusing whether some receivers' collections refuse values, which then go back; a value
 *     may then be seen after a later one
 * @param rushing whether most turns are long bursts of the quickest operations
 * @param threads what the workers are
 */
record Plan(
    int channels,
    int capacity,
    Overflow overflow,
    int senders,
    int receivers,
    int perSender,
    End end,
    boolean stormy,
    boolean refusing,
    boolean rushing,
    Threads threads) {

  /** What an epoch is like. */
  enum Mood {
    /** Many parties, most of them small, at all kinds of channels. */
    MIXED,
    /** A few small parties at buffered channels, with nobody to disturb them: the most values. */
    RUSH,
    /** A few parties of many hundreds of workers each. */
    CROWD;

    static Mood draw(SplittableRandom random) {
      return switch (random.nextInt(6)) {
        case 0 -> RUSH;
        case 1 -> CROWD;
        default -> MIXED;
      };
    }
  }

  /** What workers are. */
  enum Threads {
    GOROUTINES,
    PLATFORM,
    BOTH;

    boolean drawPlatform(SplittableRandom random) {
      return this == PLATFORM || (this == BOTH && random.nextBoolean());
    }
  }

  /** How the channels end. */
  enum End {
    /** Closed when all senders are done. */
    CLOSE_LAST,
    /** Closed by some sender on its way. */
    CLOSE_MIDWAY,
    /** Failed by some sender on its way. */
    FAIL_MIDWAY
  }

  private static final int UNBOUNDED = Integer.MAX_VALUE;

  private static final int[] CAPACITIES = {0, 0, 1, 1, 2, 8, 100, 100, 5_000, UNBOUNDED};
  private static final int[] RUSH_CAPACITIES = {1, 2, 8, 100, 1_000, UNBOUNDED};
  private static final int MOST_PLATFORM_WORKERS = 16;

  /**
   * Draws a plan.
   *
   * @param random the dice
   * @param mood what the epoch is like
   * @param mostWorkers how many workers it may have; at least 2
   * @param perWorker how many values to send for each worker, on average
   */
  static Plan draw(SplittableRandom random, Mood mood, int mostWorkers, int perWorker) {
    int workers = Math.min(drawWorkers(random, mood), Math.max(2, mostWorkers));
    int senders =
        switch (random.nextInt(4)) {
          case 0 -> 1;
          case 1 -> workers - 1;
          default -> Math.max(1, workers / 2);
        };
    int receivers = Math.max(1, workers - senders);
    int channels = Math.min(receivers, 1 + random.nextInt(4));
    int[] capacities = mood == Mood.RUSH ? RUSH_CAPACITIES : CAPACITIES;
    int capacity = capacities[random.nextInt(capacities.length)];
    Overflow overflow =
        capacity == 0
            ? Overflow.SUSPEND
            : switch (random.nextInt(8)) {
              case 0 -> Overflow.DROP_OLDEST;
              case 1 -> Overflow.DROP_LATEST;
              default -> Overflow.SUSPEND;
            };
    End end = random.nextInt(3) > 0 ? End.CLOSE_LAST : End.values()[1 + random.nextInt(2)];
    return new Plan(
        channels,
        capacity,
        overflow,
        senders,
        receivers,
        Math.max(1, perWorker * (senders + receivers) / senders),
        end,
        mood != Mood.RUSH && random.nextInt(3) > 0,
        random.nextInt(3) == 0,
        mood == Mood.RUSH,
        workers > MOST_PLATFORM_WORKERS
            ? Threads.GOROUTINES
            : switch (random.nextInt(5)) {
              case 0 -> Threads.PLATFORM;
              case 1, 2 -> Threads.BOTH;
              default -> Threads.GOROUTINES;
            });
  }

  private static int drawWorkers(SplittableRandom random, Mood mood) {
    return switch (mood) {
      case RUSH -> 2 + random.nextInt(3);
      case CROWD -> 300 + random.nextInt(700);
      case MIXED ->
          switch (random.nextInt(8)) {
            case 0, 1, 2 -> 2 + random.nextInt(7);
            case 3, 4, 5 -> 8 + random.nextInt(60);
            case 6 -> 64 + random.nextInt(200);
            default -> 2;
          };
    };
  }

  int workers() {
    return senders + receivers;
  }
}
