package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.EveryChannel;
import org.junit.jupiter.api.Test;

/**
 * What one side wrote to plain memory before, the other sees after. A stress test can only find
 * that it is not so; the proof is in the comments of the engine.
 */
@EveryChannel
record HappensBeforeTest(int capacity, Actor.Kind kind) {
  private static final int ROUNDS = 20_000;

  @Test
  void whatCameBeforeASendIsSeenAfterItsReceive() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    int[] written = new int[ROUNDS];
    Actor sender =
        kind.start(() -> {
          for (int i = 0; i < ROUNDS; i++) {
            written[i] = i + 1;
            chan.send(i);
          }
        });
    int unseen = 0;
    for (int i = 0; i < ROUNDS; i++) {
      int at = chan.receiveOrThrow();
      unseen += written[at] == at + 1 ? 0 : 1;
    }
    sender.join();
    assertThat(unseen).isZero();
  }

  @Test
  void whatCameBeforeTheReceiveOfAValueIsSeenAfterTheSendOfTheOneACapacityLater() throws Exception {
    Chan<Integer> chan = Chan.buffered(capacity);
    int[] written = new int[ROUNDS];
    Actor receiver =
        kind.start(() -> {
          for (int k = 0; k < ROUNDS; k++) {
            written[k] = k + 1;
            chan.receiveOrThrow();
          }
        });
    int unseen = 0;
    for (int i = 0; i < ROUNDS; i++) {
      chan.send(i);
      int k = i - capacity;
      unseen += k < 0 || written[k] == k + 1 ? 0 : 1;
    }
    receiver.join();
    assertThat(unseen).isZero();
  }

  @Test
  void whatCameBeforeACloseIsSeenAfterTheReceiveThatFindsIt() throws Exception {
    int rounds = ROUNDS / 10;
    int[] written = new int[rounds];
    Chan<Chan<Void>> fresh = Chan.buffered(capacity);
    Actor closer =
        kind.start(() -> {
          for (int i = 0; i < rounds; i++) {
            Chan<Void> end = Chan.buffered(capacity);
            fresh.send(end);
            written[i] = i + 1;
            end.close();
          }
        });
    int unseen = 0;
    for (int i = 0; i < rounds; i++) {
      assertThat(fresh.receiveOrThrow().receive()).isNull();
      unseen += written[i] == i + 1 ? 0 : 1;
    }
    closer.join();
    assertThat(unseen).isZero();
  }
}
