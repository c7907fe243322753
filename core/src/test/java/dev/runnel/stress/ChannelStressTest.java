package dev.runnel.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Overflow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation against every other, with an account of every value. */
class ChannelStressTest {
  private static final int UNBOUNDED = ChannelRun.UNBOUNDED;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 8, 100, UNBOUNDED})
  void nothingIsLostOrDoubledWhenTheChannelClosesMidway(int capacity) throws InterruptedException {
    assertThat(ChannelRun.of(Plan.of(capacity, 60_000))).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, UNBOUNDED})
  void nothingIsLostOrDoubledWhenTheChannelFailsMidway(int capacity) throws InterruptedException {
    Plan plan = Plan.of(capacity, 60_000).end(Plan.End.FAILED_MIDWAY);
    assertThat(ChannelRun.of(plan)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 8, 1_000, UNBOUNDED})
  void oneReceiverSeesEachSendersValuesInOrder(int capacity) throws InterruptedException {
    Plan plan = Plan.of(capacity, 20_000).workers(4, 1, 0);
    assertThat(ChannelRun.of(plan.end(Plan.End.CLOSED_LAST))).isPositive();
  }

  /** Nobody else comes to set free a pair that has missed each other. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 8})
  void oneSenderAndOneReceiverNeverMissEachOther(int capacity) throws InterruptedException {
    Plan plan = Plan.of(capacity, 60_000).workers(1, 1, 0).calm().end(Plan.End.CLOSED_LAST);
    assertThat(ChannelRun.of(plan)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100})
  void whatReceiversLeaveBehindStaysInTheBuffer(int capacity) throws InterruptedException {
    Plan plan = Plan.of(capacity, 20_000).end(Plan.End.RECEIVERS_LEAVE);
    assertThat(ChannelRun.of(plan)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 8, UNBOUNDED})
  void batchesThatAreRefusedGoBack(int capacity) throws InterruptedException {
    Plan plan = Plan.of(capacity, 40_000).withRefusals();
    assertThat(ChannelRun.of(plan)).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "1, DROP_OLDEST", "2, DROP_OLDEST", "100, DROP_OLDEST",
    "1, DROP_LATEST", "2, DROP_LATEST", "100, DROP_LATEST"
  })
  void whatIsMissingHasBeenCountedAsDropped(int capacity, Overflow policy)
      throws InterruptedException {
    Plan plan = Plan.of(capacity, 80_000).dropping(policy).workers(2, 2, 1);
    assertThat(ChannelRun.of(plan)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 8, 100})
  void selectsOverSeveralChannelsLoseNothing(int capacity) throws InterruptedException {
    Plan plan = Plan.of(capacity, 30_000).channels(3).workers(3, 3, 3);
    assertThat(ChannelRun.of(plan)).isPositive();
  }

  @ParameterizedTest
  @EnumSource(Plan.End.class)
  void manyWorkersAtManyChannelsEndHoweverTheChannelsEnd(Plan.End end) throws InterruptedException {
    Plan plan = Plan.of(1, 1_500).channels(5).workers(40, 40, 40).end(end);
    assertThat(ChannelRun.of(plan.withRefusals())).isPositive();
  }

  @Test
  void nobodyIsInterruptedUnasked() throws InterruptedException {
    Plan plan = Plan.of(1, 60_000).workers(3, 3, 2).calm();
    assertThat(ChannelRun.of(plan)).isPositive();
  }
}
