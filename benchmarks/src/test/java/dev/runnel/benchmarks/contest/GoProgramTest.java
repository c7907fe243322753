package dev.runnel.benchmarks.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GoProgramTest {
  private static final int MILLIS = 10;

  @Test
  void theMinorReleaseIsReadFromAVersion() {
    assertThat(GoProgram.minor("go1.23.5")).isEqualTo(23);
    assertThat(GoProgram.minor("go1.9")).isEqualTo(9);
    assertThat(GoProgram.minor("go1.27rc1")).isEqualTo(27);
    assertThat(GoProgram.minor("devel +abc")).isZero();
  }

  @Test
  void theProgramInGoKnowsTheWorkloads() throws Exception {
    Contestant go = GoProgram.contestant(Path.of("."));
    assumeTrue(go != null, "there is no Go of at least 1.23 here");

    for (Workload workload : Catalogue.ALL) {
      if (workload.group() == Group.SPEED) {
        assertThat(go.run(workload.program(), MILLIS, MILLIS).figure("wall"))
            .as(workload.name())
            .isPositive();
      }
    }
    assertThat(go.run("idle", MILLIS, MILLIS).figure("core")).isNotNegative();
    assertThat(go.run("paced", MILLIS, MILLIS).figure("cpu")).isPositive();
    assertThat(go.run("beside-1to1", MILLIS, MILLIS).figure("wall")).isPositive();
    assertThat(go.run("2to2", MILLIS, MILLIS).reason()).isEqualTo("no such workload: 2to2");
  }
}
