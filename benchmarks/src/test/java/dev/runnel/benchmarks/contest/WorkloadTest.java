package dev.runnel.benchmarks.contest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkloadTest {
  @Test
  void aWordMeansANameAGroupOrABeginning() {
    Workload workload = Contests.workload("1to1-b100");

    assertThat(workload.is("1to1-b100")).isTrue();
    assertThat(workload.is("speed")).isTrue();
    assertThat(workload.is("1to1*")).isTrue();
    assertThat(workload.is("1to1")).isFalse();
    assertThat(workload.is("waiting")).isFalse();
  }

  @Test
  void onABusyMachineTheSameProgramRuns() {
    assertThat(Contests.workload("busy-ping-pong").program()).isEqualTo("ping-pong");
    assertThat(Contests.workload("busy-ping-pong").busy()).isTrue();
    assertThat(Contests.workload("beside-ping-pong").program()).isEqualTo("beside-ping-pong");
    assertThat(Contests.workload("ping-pong").busy()).isFalse();
  }

  @Test
  void onOneCarrierTheSameProgramRuns() {
    assertThat(Contests.workload("one-1to1").program()).isEqualTo("1to1");
    assertThat(Contests.workload("one-1to1").carriers()).isEqualTo(1);
    assertThat(Contests.workload("1to1").carriers()).isNull();
  }

  @Test
  void theCostOfWaitingIsJudgedBesidePurePark() {
    assertThat(Contests.workload("beside-1to1").peers()).containsExactly("runnel", "park");
    assertThat(Contests.workload("idle").peers()).contains("runnel", "park", "go");
    assertThat(Contests.workload("1to1").peers())
        .containsExactly("runnel", "go", "kotlin", "jox", "juc");
  }
}
