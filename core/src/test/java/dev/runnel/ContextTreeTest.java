package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What passes down the tree of contexts, and what does not. */
class ContextTreeTest {
  private static final ContextKey<String> USER = ContextKey.of("user");

  private final CancelContext parent = Context.background().withCancel();
  private final RuntimeException why = new RuntimeException("why");

  @Test
  void childrenEndWithTheirParentAndForItsReason() {
    CancelContext child = parent.withCancel();
    Context grandchild = child.withValue(USER, "gopher").withTimeout(Duration.ofHours(1));
    parent.cancel(why);
    assertThat(child.err()).isInstanceOf(CanceledException.class).hasCause(why);
    assertThat(child.cause()).isSameAs(why);
    assertThat(grandchild.cause()).isSameAs(why);
    assertThat(grandchild.done().tryReceive()).isInstanceOf(ReceiveResult.Closed.class);
    child.cancel(new RuntimeException("later"));
    assertThat(child.cause()).isSameAs(why);
  }

  @Test
  void aChildOfAnEndedParentHasEnded() {
    parent.cancel(why);
    assertThat(parent.withCancel().cause()).isSameAs(why);
    assertThat(parent.withTimeout(Duration.ofHours(1)).cause()).isSameAs(why);
    assertThat(parent.withTimeout(Duration.ZERO).err()).isInstanceOf(CanceledException.class);
    assertThat(parent.withValue(USER, "gopher").cause()).isSameAs(why);
  }

  @Test
  void parentsAndSiblingsDoNotEndWithAChild() {
    CancelContext child = parent.withCancel();
    CancelContext sibling = parent.withCancel();
    child.cancel(why);
    assertThat(parent.err()).isNull();
    assertThat(sibling.err()).isNull();
  }

  @Test
  void aChildKeepsItsOwnReasonWhenTheParentEndsLater() {
    CancelContext child = parent.withCancel();
    child.cancel(why);
    parent.cancel(new RuntimeException("later"));
    assertThat(child.cause()).isSameAs(why);
  }

  @Test
  void valuesAreFoundOnTheWayToTheRootTheNearestFirst() {
    ContextKey<Integer> depth = ContextKey.of("depth");
    Context named = parent.withValue(USER, "outer").withValue(depth, 1);
    Context renamed = named.withCancel().withValue(USER, "inner");
    assertThat(renamed.value(USER)).isEqualTo("inner");
    assertThat(renamed.value(depth)).isEqualTo(1);
    assertThat(named.value(USER)).isEqualTo("outer");
    assertThat(parent.value(USER)).isNull();
    assertThat(named.done()).isSameAs(parent.done());
  }

  @Test
  void keysAreComparedByIdentity() {
    ContextKey<String> sameName = ContextKey.of("user");
    assertThat(parent.withValue(USER, "gopher").value(sameName)).isNull();
    assertThat(USER).isNotEqualTo(sameName).hasToString("user");
  }

  @Test
  void withoutCancelKeepsTheValuesButNotTheEndNorTheDeadline() {
    Context cut = parent.withValue(USER, "gopher").withTimeout(Duration.ofHours(1)).withoutCancel();
    parent.cancel();
    assertThat(cut.value(USER)).isEqualTo("gopher");
    assertThat(cut.err()).isNull();
    assertThat(cut.deadline()).isNull();
    assertThat(cut.done()).isSameAs(Chan.nil());
    CancelContext below = cut.withCancel();
    assertThat(below.err()).isNull();
    below.cancel();
    assertThat(below.err()).isNotNull();
  }

  @Test
  void nothingMayBeNull() {
    assertThatNullPointerException().isThrownBy(() -> parent.withValue(null, "x"));
    assertThatNullPointerException().isThrownBy(() -> parent.withValue(USER, null));
    assertThatNullPointerException().isThrownBy(() -> parent.value(null));
    assertThatNullPointerException().isThrownBy(() -> parent.withTimeout(null));
    assertThatNullPointerException().isThrownBy(() -> parent.withTimeout(Duration.ZERO, null));
    assertThatNullPointerException().isThrownBy(() -> parent.withDeadline(null));
    assertThatNullPointerException().isThrownBy(() -> parent.afterDone(null));
    assertThatNullPointerException().isThrownBy(() -> parent.run(null));
    assertThatNullPointerException().isThrownBy(() -> parent.call(null));
    assertThatNullPointerException().isThrownBy(() -> ContextKey.of(null));
  }

  @Test
  void aVeryDeepTreeEndsWithoutAStackOverflow() {
    List<Context> chain = new ArrayList<>(List.of(parent));
    for (int i = 0; i < 100_000; i++) {
      chain.add(chain.getLast().withCancel());
    }
    parent.cancel(why);
    assertThat(chain).allSatisfy(ctx -> assertThat(ctx.cause()).isSameAs(why));
  }

  @Test
  void aVeryDeepTreeCanBeLookedThroughAndShown() {
    Context deep = parent.withValue(USER, "gopher");
    for (int i = 0; i < 20_000; i++) {
      deep = deep.withCancel();
    }
    assertThat(deep.value(USER)).isEqualTo("gopher");
    assertThat(deep.toString())
        .endsWith("context with user < context with cancel < context background");
  }

  @Test
  void aVeryWideTreeEndsAsAWhole() {
    List<Context> children = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      children.add(parent.withCancel());
    }
    parent.cancel(why);
    assertThat(children).allSatisfy(ctx -> assertThat(ctx.cause()).isSameAs(why));
  }
}
