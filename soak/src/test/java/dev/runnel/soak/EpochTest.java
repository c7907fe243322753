package dev.runnel.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A few small epochs of the soak, in every build. */
class EpochTest {
  @Test
  void everyValueIsAccountedFor() throws InterruptedException {
    long seed = Long.getLong("runnel.soak.seed", System.nanoTime());
    for (int i = 0; i < 10; i++) {
      Epoch epoch = new Epoch(seed, 300, 60_000);
      try {
        assertThat(epoch.run()).as("values that went through").isPositive();
      } catch (Violation e) {
        throw new AssertionError("-Drunnel.soak.seed=" + seed + ": " + e.getMessage(), e);
      }
      seed = new SplittableRandom(seed).nextLong();
    }
  }
}
