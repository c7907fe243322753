package dev.runnel.internal.park;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitQueueTest {
  private final WaitQueue queue = new WaitQueue();
  private final List<Node> nodes = new ArrayList<>();

  @BeforeEach
  void threeWaiters() {
    for (int i = 0; i < 3; i++) {
      Node node = new Node(WaitReason.CHAN_RECEIVE, queue);
      nodes.add(node);
      queue.add(node);
    }
  }

  @Test
  void firstComeFirstServed() {
    assertThat(pollAll()).containsExactlyElementsOf(nodes);
    assertThat(queue.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aWaiterCanGiveUpWhereverItStands(int place) {
    Node gone = nodes.remove(place);
    queue.remove(gone);
    queue.remove(gone); // again: it is not in any more
    assertThat(pollAll()).containsExactlyElementsOf(nodes);
  }

  @Test
  void aServedWaiterCanGiveUpWithoutHarmToTheOthers() {
    Node first = poll();
    queue.remove(first);
    assertThat(pollAll()).containsExactly(nodes.get(1), nodes.get(2));
  }

  @Test
  void aWaiterOfAnotherQueueIsNotTouched() {
    WaitQueue other = new WaitQueue();
    other.remove(nodes.get(1));
    assertThat(pollAll()).hasSize(3);
  }

  @Test
  void theQueueCanBeUsedAgainOnceEmpty() {
    pollAll();
    queue.add(nodes.get(2));
    queue.add(nodes.get(0));
    assertThat(pollAll()).containsExactly(nodes.get(2), nodes.get(0));
  }

  @Test
  void waitersDecidedElsewhereAreTakenOutOnTheLookForAnOpenOne() {
    nodes.get(0).claim(Waiter.INTERRUPTED);
    nodes.get(1).claim(Waiter.TIMED_OUT);
    assertThat(queue.hasOpenWaiter()).isTrue();
    assertThat(pollAll()).containsExactly(nodes.get(2));
  }

  @Test
  void ifAllAreDecidedNoneIsOpen() {
    nodes.forEach(node -> node.claim(Waiter.INTERRUPTED));
    assertThat(queue.hasOpenWaiter()).isFalse();
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void aServedWaiterHoldsOnToNobody() {
    pollAll();
    assertThat(nodes)
        .allSatisfy(node -> {
          assertThat(node.previous).isNull();
          assertThat(node.next).isNull();
          assertThat(node.queue).isNull();
        });
  }

  private @Nullable Node poll() {
    Node node = queue.first();
    if (node != null) {
      queue.remove(node);
    }
    return node;
  }

  private List<Node> pollAll() {
    List<Node> all = new ArrayList<>();
    for (Node node; (node = poll()) != null; ) {
      all.add(node);
    }
    return all;
  }
}
