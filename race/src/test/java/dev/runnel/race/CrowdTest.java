package dev.runnel.race;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Virtual threads, a thousand at once, in waves: in a heap of 64 MB there is no room for a state
 * and a clock for each. A million of them with {@code ./runnel test --pairs}.
 */
class CrowdTest {
  private static final int WAVES = Agents.ROUNDS > 0 ? 1000 : 50;

  @Test
  void manyVirtualThreadsDoNotMakeItGrow() throws Exception {
    Agents.Outcome outcome =
        Agents.run("selfcheck=off", "dev.runnel.race.programs.Crowd", "" + WAVES, "1000");
    assertThat(outcome.output()).contains("ran to its end");
    assertThat(outcome.status()).isZero();
  }
}
