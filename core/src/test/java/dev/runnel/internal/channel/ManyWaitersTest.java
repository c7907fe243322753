package dev.runnel.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Overflow;
import dev.runnel.internal.park.Node;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.testkit.Actor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The end of a channel costs no stack, whoever waits. */
class ManyWaitersTest {

  /**
   * A million parked goroutines would need more heap than the build gives its tests, so the waiters
   * here are what those would leave in the queue.
   */
  @Test
  void aMillionWaitersAreToldOfTheEndOnASmallStack() throws Exception {
    Channel<Integer> channel = new Channel<>(0, Overflow.SUSPEND);
    Node[] nodes = new Node[1_000_000];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = new Node(WaitReason.CHAN_RECEIVE, channel);
      channel.awaitValue(nodes[i]);
    }
    Thread closer = new Thread(null, channel::close, "closer", 128 * 1024);
    closer.start();
    closer.join();
    int told = 0;
    for (Node node : nodes) {
      told += node.equals(node.outcome()) && Ending.CLOSED.equals(node.item) ? 1 : 0;
    }
    assertThat(told).isEqualTo(nodes.length);
  }

  @Test
  void twentyThousandParkedGoroutinesWake() throws Exception {
    Channel<Integer> channel = new Channel<>(0, Overflow.SUSPEND);
    List<Actor> receivers = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      receivers.add(Actor.Kind.VIRTUAL.start(() -> assertThat(channel.receive()).isNull()));
    }
    for (Actor receiver : receivers) {
      receiver.awaitWaiting();
    }
    channel.close();
    for (Actor receiver : receivers) {
      receiver.join();
    }
  }
}
