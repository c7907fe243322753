package dev.runnel.internal.park;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often a wait yields, by how the last ones went. */
class PatienceTest {
  private static final class Memory implements Patient {
    private int noted;

    @Override
    public int patience() {
      return noted;
    }

    @Override
    public void patience(int newNote) {
      noted = newNote;
    }
  }

  private final Memory memory = new Memory();

  @Test
  void yieldsWhereItPaysAndHalvesWhereItDoesNot() {
    Patience.learn(memory, true);
    assertThat(Patience.yields(memory)).isEqualTo(4);
    Patience.learn(memory, false);
    assertThat(Patience.yields(memory)).isEqualTo(2);
    Patience.learn(memory, true);
    assertThat(Patience.yields(memory)).isEqualTo(4);
  }

  @Test
  void parksAtOnceAfterFailuresAndTriesAgainNowAndThen() {
    Patience.learn(memory, true);
    List<Integer> yields = new ArrayList<>();
    for (int wait = 0; wait < 21; wait++) {
      yields.add(Patience.yields(memory));
      Patience.learn(memory, false);
    }
    assertThat(yields.subList(0, 3)).containsExactly(4, 2, 1);
    assertThat(yields.subList(3, 19)).containsOnly(0);
    assertThat(yields.subList(19, 21)).containsExactly(2, 1);
  }

  @Test
  void theLongerItIsInVainTheMoreSeldomItTries() {
    Patience.learn(memory, true);
    List<Integer> pauses = new ArrayList<>();
    for (int wait = 0, last = 0; pauses.size() < 9; wait++) {
      if (Patience.yields(memory) == 2 && wait > 1) {
        pauses.add(wait - last);
      }
      last = Patience.yields(memory) > 0 ? wait : last;
      Patience.learn(memory, false);
    }
    assertThat(pauses).containsExactly(17, 33, 65, 129, 257, 513, 1025, 1025, 1025);
    Patience.learn(memory, true);
    assertThat(Patience.yields(memory)).as("once it pays, at once").isEqualTo(4);
  }

  @Test
  void whatIsNewGoesByTheExperienceOfTheNewAndThenByItsOwn() {
    Patience.learn(memory, true);
    Memory other = new Memory();
    Patience.learn(other, true);
    assertThat(memory.patience()).isEqualTo(other.patience()).isNotZero();
  }
}
