package dev.runnel.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParkChannelTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"pair", "1to1", "1to1-b100", "ping-pong", "4to4", "4to4-b100", "chain-100"})
  void whatIsSentIsReceived(String workload) throws Exception {
    Body body = new Workloads<>(new ParkPeer()).named(workload);

    assertThat(body).isNotNull();
    assertThat(body.run(10_000)).isGreaterThanOrEqualTo(10_000);
  }
}
