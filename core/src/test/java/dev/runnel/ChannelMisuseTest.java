package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments that make no sense are refused at once, with words that name the thing. */
class ChannelMisuseTest {
  private final Chan<String> chan = Chan.buffered(10);

  @Test
  void aChannelCarriesNoNull() {
    Context ctx = Context.background();
    assertThatNullPointerException()
        .isThrownBy(() -> chan.send(null))
        .withMessageContaining("null");
    assertThatNullPointerException().isThrownBy(() -> chan.send(null, ctx));
    assertThatNullPointerException().isThrownBy(() -> chan.send(null, Duration.ZERO));
    assertThatNullPointerException().isThrownBy(() -> chan.trySend(null));
    assertThatNullPointerException().isThrownBy(() -> chan.onSend(null));
    assertThatNullPointerException().isThrownBy(() -> chan.onSend("value").value(null));
    assertThat(chan.length()).isZero();
  }

  @Test
  void aNullIsFoundEvenIfTheChannelIsClosedOrTheThreadInterrupted() {
    chan.close();
    Thread.currentThread().interrupt();
    assertThatNullPointerException().isThrownBy(() -> chan.send(null));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void theValuesBeforeANullHaveGone() {
    assertThatNullPointerException().isThrownBy(() -> chan.sendAll(Arrays.asList("a", null, "c")));
    assertThat(chan.length()).isEqualTo(1);
    assertThatNullPointerException().isThrownBy(() -> chan.sendAll(null));
  }

  @Test
  void contextsDurationsAndHandlersAreNeeded() {
    chan.trySend("ready");
    assertThatNullPointerException().isThrownBy(() -> chan.send("a", (Context) null));
    assertThatNullPointerException().isThrownBy(() -> chan.send("a", (Duration) null));
    assertThatNullPointerException().isThrownBy(() -> chan.receive((Context) null));
    assertThatNullPointerException().isThrownBy(() -> chan.receive((Duration) null));
    assertThatNullPointerException().isThrownBy(() -> chan.receiveUpTo(1, null));
    assertThatNullPointerException().isThrownBy(() -> chan.receiveEach(null));
    assertThatNullPointerException().isThrownBy(() -> chan.onReceive(null));
    assertThatNullPointerException().isThrownBy(() -> chan.onReceive(_ -> {}, null));
    assertThatNullPointerException().isThrownBy(() -> chan.onSend("a", null));
    assertThatNullPointerException().isThrownBy(() -> chan.closeAfter(null));
    assertThatNullPointerException().isThrownBy(() -> chan.fail(null));
    assertThatNullPointerException().isThrownBy(() -> ReceiveChan.from(null));
    assertThatNullPointerException().isThrownBy(() -> SendChan.to(null));
    assertThat(chan.length()).isEqualTo(1);
    assertThat(chan.tryReceive().orNull()).isEqualTo("ready");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void aBatchTakesAtLeastOne(int max) {
    List<String> into = new ArrayList<>();
    chan.trySend("a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chan.receiveUpTo(max, into))
        .withMessageContaining(String.valueOf(max));
    assertThat(into).isEmpty();
    assertThat(chan.length()).isEqualTo(1);
  }

  @Test
  void aCapacityIsNotNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Chan.buffered(-1))
        .withMessage("a channel's capacity can't be negative: -1");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SUSPEND")
  void aChannelThatDropsHasSomethingToDropFrom(Overflow policy) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Chan.buffered(0, policy))
        .withMessageContaining(policy.name());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anOverflowPolicyIsNeeded(int capacity) {
    assertThatNullPointerException().isThrownBy(() -> Chan.buffered(capacity, null));
  }
}
