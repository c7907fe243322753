package dev.runnel.internal.park;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which way of waiting is found best, on a clock that moves with the values that pass. */
class PatienceTest {
  /** Enough values for any way to be tried. */
  private static final int LONG_ENOUGH = 20 * Patience.EPISODE;

  private long now;
  private int passed = Integer.MAX_VALUE - 1_000; // the count may wrap
  private final Map<Way, Long> cost = new EnumMap<>(Way.class);
  private final Map<Way, Integer> waits = new EnumMap<>(Way.class);
  private final Experience experience = new Experience();
  private Patience patience = new Patience(passed, () -> now, experience);

  private void costs(long park, long yield, long spin) {
    cost.put(Way.PARK, park);
    cost.put(Way.YIELD, yield);
    cost.put(Way.SPIN, spin);
  }

  /** Values pass, a wait before each, and take what their way costs. */
  private void pass(int values) {
    waits.clear();
    for (int i = 0; i < values; i++) {
      Way way = patience.way(passed++);
      waits.merge(way, 1, Integer::sum);
      now += cost.get(way);
    }
  }

  private Way mostly() {
    return waits.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  private void settlesOn(Way expected) {
    pass(LONG_ENOUGH);
    pass(4 * Patience.EPISODE);
    assertThat(mostly()).isEqualTo(expected);
  }

  @Test
  void findsTheQuickestOfAllWays() {
    costs(2_000, 1_500, 700);
    settlesOn(Way.SPIN);
  }

  @Test
  void findsThatYieldingIsQuickest() {
    costs(2_000, 800, 7_000);
    settlesOn(Way.YIELD);
  }

  @Test
  void parksWhereThatIsQuickest() {
    costs(700, 900, 5_000);
    settlesOn(Way.PARK);
  }

  @Test
  void aCostlierWayMustBeClearlyQuicker() {
    costs(1_000, 950, 920);
    settlesOn(Way.PARK);
  }

  @Test
  void aThriftierWayNeedNotBeQuicker() {
    costs(3_000, 2_000, 1_000);
    settlesOn(Way.SPIN);
    costs(1_030, 2_000, 1_000);
    pass(4_096 * Patience.EPISODE); // nothing is slower, so it takes a trial to notice
    pass(4 * Patience.EPISODE);
    assertThat(mostly()).isEqualTo(Way.PARK);
  }

  @Test
  void noticesSoonThatTheBestWayHasBecomeSlow() {
    costs(2_000, 1_500, 700);
    pass(2_000 * Patience.EPISODE); // long enough for long pauses
    assertThat(mostly()).isEqualTo(Way.SPIN);
    costs(2_000, 1_500, 7_000);
    settlesOn(Way.YIELD);
  }

  @Test
  void aPauseOfTheMachineChangesNothing() {
    costs(2_000, 1_500, 700);
    pass(2_000 * Patience.EPISODE);
    for (int i = 0; i < 100; i++) {
      now += 50_000_000;
      pass(3 * Patience.EPISODE);
      assertThat(waits.getOrDefault(Way.PARK, 0)).isLessThanOrEqualTo(2 * Patience.EPISODE);
    }
    assertThat(mostly()).isEqualTo(Way.SPIN);
  }

  @Test
  void parksWhereValuesComeSeldomAndNeverTriesAnythingElse() {
    costs(1_000_000, 500_000, 100_000);
    pass(LONG_ENOUGH);
    assertThat(waits).containsOnlyKeys(Way.PARK);
  }

  @Test
  void learnsAgainWhenSeldomValuesBecomeFrequent() {
    costs(1_000_000, 500_000, 100_000);
    pass(LONG_ENOUGH);
    costs(2_000, 1_500, 700);
    settlesOn(Way.SPIN);
  }

  @Test
  void stopsSpinningWhenFrequentValuesBecomeSeldom() {
    costs(2_000, 1_500, 700);
    settlesOn(Way.SPIN);
    costs(1_000_000, 1_000_000, 1_000_000);
    settlesOn(Way.PARK);
    assertThat(waits).containsOnlyKeys(Way.PARK);
  }

  @Test
  void trialsInVainCostLessThanOneValueInThousand() {
    costs(700, 1_400, 5_000);
    pass(10_000 * Patience.EPISODE);
    pass(10_000 * Patience.EPISODE);
    int other = waits.getOrDefault(Way.YIELD, 0) + waits.getOrDefault(Way.SPIN, 0);
    assertThat(other).isPositive().isLessThan(10 * Patience.EPISODE);
  }

  @Test
  void whatIsQuiteWrongIsGivenUpInItsFirstMoment() {
    costs(700, 3_500, 7_000);
    pass(Patience.SETTLING + Patience.EPISODE);
    pass(Patience.EPISODE);
    assertThat(waits.getOrDefault(Way.SPIN, 0)).isLessThanOrEqualTo(Patience.SETTLING);
  }

  @Test
  void whereTheFirstTrialsOfOthersWereInVainTheNextChannelTriesLater() {
    costs(700, 3_500, 7_000);
    for (int channel = 0; channel < 10; channel++) {
      patience = new Patience(passed, () -> now, experience);
      pass(64 * Patience.EPISODE);
    }
    patience = new Patience(passed, () -> now, experience);
    pass(31 * Patience.EPISODE);
    assertThat(waits).containsOnlyKeys(Way.PARK);
    pass(2 * Patience.EPISODE);
    assertThat(waits).as("but it tries").containsKey(Way.SPIN);
    costs(2_000, 1_500, 700);
    settlesOn(Way.SPIN);
    patience = new Patience(passed, () -> now, experience);
    pass(64 * Patience.EPISODE); // the one whose first trial is worth it
    patience = new Patience(passed, () -> now, experience);
    pass(4 * Patience.EPISODE);
    assertThat(mostly()).as("where it was worth it, others try soon").isEqualTo(Way.SPIN);
  }

  @Test
  void spinnersYieldNowAndThenInWaitsOfBothSides() {
    costs(2_000, 1_500, 700);
    settlesOn(Way.SPIN);
    int even = 0;
    int odd = 0;
    for (int i = 0; i < 128; i++, passed++) {
      if (patience.way(passed) == Way.YIELD) {
        even += 1 - (passed & 1);
        odd += passed & 1;
      }
    }
    assertThat(even).isEqualTo(2);
    assertThat(odd).isEqualTo(2);
  }
}
