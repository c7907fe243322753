package dev.runnel.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each workload of each peer does what it says: they check themselves what came out. */
class WorkloadsTest {
  private static final long OPERATIONS = 1_000;

  private static final List<String> NAMES =
      List.of(
          "pair",
          "try",
          "1to1",
          "1to1-b100",
          "ping-pong",
          "4to4",
          "4to4-b100",
          "1000to1000",
          "1000to1000-b100",
          "chain-100",
          "batch",
          "receive-ctx",
          "receive-ctx-b100",
          "select-done",
          "select-done-b100",
          "select-handlers",
          "select-handlers-b100",
          "select-4",
          "select-4-b100",
          "pool",
          "spawn",
          "mutex");

  /** What there is not. */
  private static final List<String> LACKING =
      List.of(
          "juc receive-ctx",
          "juc receive-ctx-b100",
          "juc select-done",
          "juc select-done-b100",
          "juc select-handlers",
          "juc select-handlers-b100",
          "juc select-4",
          "juc select-4-b100",
          "juc pool",
          "jox mutex");

  static Stream<Arguments> all() {
    return Stream.of("runnel", "kotlin", "jox", "juc", "park")
        .flatMap(peer -> NAMES.stream().map(name -> Arguments.of(peer, name)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void itDoesAtLeastAsManyOperationsAsAreWanted(String peer, String name) throws Exception {
    Body body = body(peer, name);

    if (LACKING.contains(peer + " " + name)) {
      assertThat(body).isNull();
    } else {
      assertThat(body).isNotNull();
      assertThat(body.run(OPERATIONS)).isGreaterThanOrEqualTo(OPERATIONS);
    }
  }

  @ParameterizedTest
  @MethodSource("crowds")
  void aCrowdGathersAndGoes(Crowd crowd) throws Exception {
    crowd.gather(1_000);
    crowd.dismiss();
    crowd.gather(10);
    crowd.dismiss();
  }

  static Stream<Crowd> crowds() {
    return Stream.of(new RunnelPeer(), new JoxPeer(), new JucPeer(), new ParkPeer())
        .flatMap(peer -> Stream.of(new ChannelCrowd<>(peer), new PairsCrowd<>(peer)));
  }

  private static Body body(String peer, String name) {
    return switch (peer) {
      case "runnel" -> new Workloads<>(new RunnelPeer()).named(name);
      case "jox" -> new Workloads<>(new JoxPeer()).named(name);
      case "juc" -> new Workloads<>(new JucPeer()).named(name);
      case "park" -> new Workloads<>(new ParkPeer()).named(name);
      default -> {
        LongUnaryOperator body = new KotlinWorkloads().named(name);
        yield body == null ? null : body::applyAsLong;
      }
    };
  }
}
