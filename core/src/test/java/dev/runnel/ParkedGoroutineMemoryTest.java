package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.testkit.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What it costs in heap to have many goroutines wait, stack and all, beside the JDK's own.
 *
 * <p>Half of it is the stack that the JVM copies to the heap, and that depends on how the code was
 * compiled: the frames of interpreted code take up to ten times as much as those that the JIT
 * compiler has merged into one (4,000 bytes for a goroutine in all, where compiled code needs 800),
 * and the coverage agent adds a local variable to each. So the figure is that of {@link
 * ParkedGoroutines} in a JVM of its own, once its code is compiled.
 */
class ParkedGoroutineMemoryTest {
  private static final int MOST_BYTES = 1_000;

  /** Which frames the compiler merges differs from one JVM to the next: 773 to 1,016 bytes. */
  private static final int JVMS = 3;

  @Test
  void aParkedGoroutineTakesAtMostAThousandBytes() throws Exception {
    List<String> printed = measured();
    for (int i = 1; i < JVMS && bytes(printed.get(0)) > MOST_BYTES; i++) {
      printed = measured();
    }
    assertThat(bytes(printed.get(0))).isBetween(200, MOST_BYTES);
    assertThat(bytes(printed.get(1)))
        .as("the JDK's own, as a check")
        .isBetween(200, 2 * MOST_BYTES);
  }

  private static List<String> measured() throws Exception {
    // -Xbatch: hot code is compiled before it goes on, not some time later on a busy machine.
    List<String> printed = ChildJvm.run(ParkedGoroutines.class, "-Xbatch", "-Xms512m", "-Xmx512m");
    System.out.println("bytes of heap each: " + String.join(", ", printed));
    assertThat(printed).hasSize(2);
    return printed;
  }

  /** The number at the end of a line. */
  private static int bytes(String line) {
    return Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
  }
}
