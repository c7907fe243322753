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
 * @param platform whether the workers are platform threads
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
    boolean platform) {

  /** How the channels end. */
  enum End {
    /** Closed when all senders are done. */
    CLOSE_LAST,
    /** Closed by some sender on its way. */
    CLOSE_MIDWAY,
    /** Failed by some sender on its way. */
    FAIL_MIDWAY
  }

  private static final int[] CAPACITIES = {0, 0, 1, 2, 100, 100, 100, Integer.MAX_VALUE};
  private static final int MOST_PLATFORM_WORKERS = 8;

  /**
   * Draws a plan.
   *
   * @param random the dice
   * @param mostWorkers how many workers it may have; at least 2
   * @param perWorker how many values to send for each worker, on average
   */
  static Plan draw(SplittableRandom random, int mostWorkers, int perWorker) {
    int most = Math.max(2, mostWorkers);
    int workers =
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> 2 + random.nextInt(7);
          case 3, 4, 5 -> 8 + random.nextInt(60);
          case 6 -> 64 + random.nextInt(200);
          default -> 2;
        };
    workers = Math.min(workers, most);
    int senders =
        switch (random.nextInt(4)) {
          case 0 -> 1;
          case 1 -> workers - 1;
          default -> Math.max(1, workers / 2);
        };
    int receivers = Math.max(1, workers - senders);
    int channels = Math.min(receivers, 1 + random.nextInt(4));
    Overflow overflow =
        switch (random.nextInt(8)) {
          case 0 -> Overflow.DROP_OLDEST;
          case 1 -> Overflow.DROP_LATEST;
          default -> Overflow.SUSPEND;
        };
    int capacity = CAPACITIES[random.nextInt(CAPACITIES.length)];
    if (overflow != Overflow.SUSPEND && capacity == 0) {
      capacity = 1;
    }
    End end = random.nextInt(3) > 0 ? End.CLOSE_LAST : End.values()[1 + random.nextInt(2)];
    return new Plan(
        channels,
        capacity,
        overflow,
        senders,
        receivers,
        Math.max(1, perWorker * (senders + receivers) / senders),
        end,
        random.nextInt(3) > 0,
        workers <= MOST_PLATFORM_WORKERS && random.nextInt(4) == 0);
  }

  int workers() {
    return senders + receivers;
  }
}
