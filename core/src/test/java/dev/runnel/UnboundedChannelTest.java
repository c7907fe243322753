package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.SendForm;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A channel without a bound takes everything, in order. */
class UnboundedChannelTest {
  private final Chan<Integer> chan = Chan.unbounded();

  @Test
  void aSendNeverWaits() throws Exception {
    int many = 300_000;
    for (int i = 0; i < many; i++) {
      chan.send(i);
    }
    assertThat(chan.length()).isEqualTo(many);
    chan.close();
    int next = 0;
    for (int value : chan) {
      assertThat(value).isEqualTo(next++);
    }
    assertThat(next).isEqualTo(many);
    assertThat(chan.dropped()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void norDoesAnyOtherForm(SendForm form) throws Exception {
    form.send(1, chan);
    assertThat(chan.receive()).isEqualTo(1);
  }

  @Test
  void aWaitingReceiverIsServedFirst() throws Exception {
    AtomicInteger got = new AtomicInteger();
    Actor receiver = Actor.Kind.VIRTUAL.start(() -> got.set(chan.receive())).awaitWaiting();
    chan.send(7);
    assertThat(chan.length()).isZero();
    receiver.join();
    assertThat(got).hasValue(7);
  }

  @Test
  void itsCapacityIsTheGreatestNumber() {
    assertThat(chan.capacity()).isEqualTo(Integer.MAX_VALUE);
  }
}
