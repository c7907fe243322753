package dev.runnel.benchmarks.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All experiments with a peer. */
final class Experiments {
  static final String BESIDE = "beside-";

  /** Beside others, to what is compiled by then, a part of the warm-up is enough. */
  private static final int SECOND_WARM_UP = 3;

  static final int BUFFER = 100;
  static final int PARKED = 100_000;
  static final int MILLION = 1_000_000;
  static final int CLOSED = 500_000;

  private Experiments() {}

  /**
   * An experiment with a peer.
   *
   * @param name the workload; with {@code beside-} before it, two goroutines that compute run
   *     beside
   * @return it; null if the peer can't do it
   * @throws IllegalArgumentException if there is none of that name
   */
  static <C> @Nullable Experiment named(Peer<C> peer, String name) {
    if (name.startsWith(BESIDE)) {
      Experiment experiment = named(peer, name.substring(BESIDE.length()));
      return experiment == null ? null : beside(experiment, () -> Spinners.start(peer));
    }
    return switch (name) {
      case "parked" -> new Crowding(new ChannelCrowd<>(peer), PARKED, false);
      case "parked-1m" -> new Crowding(new ChannelCrowd<>(peer), MILLION, false);
      case "pairs-1m" -> new Crowding(new PairsCrowd<>(peer), MILLION, false);
      case "close-500k" ->
          peer.closes() ? new Crowding(new ChannelCrowd<>(peer), CLOSED, true) : null;
      case "idle" -> new Idle(new ChannelCrowd<>(peer));
      case "paced" -> paced(peer, 0);
      case "paced-b100" -> paced(peer, BUFFER);
      default -> {
        Body body = new Workloads<>(peer).named(name);
        yield body == null ? null : new Throughput(body);
      }
    };
  }

  /**
   * The same with something beside. It warms up without: the JIT compiler's time is not to be
   * shared with goroutines that compute.
   */
  static Experiment beside(Experiment experiment, Runnable start) {
    return (warmUp, measured) -> {
      var _ = experiment.measure(warmUp, 0);
      start.run();
      return experiment.measure(warmUp / SECOND_WARM_UP, measured);
    };
  }

  private static <C> Experiment paced(Peer<C> peer, int capacity) {
    return new Paced((count, pauseMillis) -> {
      C channel = peer.channel(capacity);
      peer.goAll(
          List.of(
              () -> {
                for (long i = 0; i < count; i++) {
                  if (pauseMillis > 0) {
                    Thread.sleep(pauseMillis);
                  }
                  peer.send(channel, 1);
                }
              },
              () -> {
                long sum = 0;
                for (long i = 0; i < count; i++) {
                  sum += peer.receive(channel);
                }
                Workloads.check(sum, count);
              }));
    });
  }
}
