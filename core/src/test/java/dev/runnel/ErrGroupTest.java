package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A group whose goroutines all succeed. */
class ErrGroupTest {
  private final Chan<Integer> gate = Chan.unbuffered();
  private final AtomicInteger ran = new AtomicInteger();

  @ParameterizedTest
  @EnumSource
  void awaitWaitsForAll(Actor.Kind kind) throws Exception {
    try (var group = ErrGroup.open()) {
      for (int i = 0; i < 10; i++) {
        group.go(() -> {
          gate.receive();
          ran.incrementAndGet();
        });
      }
      Actor waiter = kind.start(group::await).awaitWaiting();
      for (int i = 0; i < 10; i++) {
        gate.send(i);
      }
      waiter.join();
      assertThat(ran).hasValue(10);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everythingCanBeDoneFromAnyThread(Actor.Kind kind) throws Exception {
    kind.start(
            () -> {
              try (var group = ErrGroup.open().limit(2)) {
                for (int i = 0; i < 20; i++) {
                  group.go(ran::incrementAndGet);
                }
                Future<String> result = group.call(() -> "result");
                Eventually.that("room", () -> group.tryGo(ran::incrementAndGet));
                group.await();
                assertThat(result.get()).isEqualTo("result");
              }
            })
        .join();
    assertThat(ran).hasValue(21);
  }

  @Test
  void anEmptyGroupHasNothingToWaitFor() throws Exception {
    try (var group = ErrGroup.open()) {
      group.await();
      group.await();
    }
  }

  @Test
  void moreCanBeStartedAfterAnAwait() throws Exception {
    try (var group = ErrGroup.open()) {
      for (int round = 1; round <= 3; round++) {
        group.go(ran::incrementAndGet);
        group.await();
        assertThat(ran).hasValue(round);
      }
    }
  }

  @Test
  void aMemberCanStartAnother() throws Exception {
    try (var group = ErrGroup.open()) {
      group.go(() -> group.go(() -> group.go(ran::incrementAndGet)));
      group.await();
      assertThat(ran).hasValue(1);
    }
  }

  @Test
  void membersRunUnderTheGroupsContextHoweverTheyAreStarted() throws Exception {
    ContextKey<String> key = ContextKey.of("key");
    Context parent = Context.background().withValue(key, "value");
    AtomicReference<Context> inGo = new AtomicReference<>();
    AtomicReference<Context> inTryGo = new AtomicReference<>();
    try (var group = ErrGroup.open(parent)) {
      group.go(() -> inGo.set(Context.current()));
      group.tryGo(() -> inTryGo.set(Context.current()));
      Future<Context> inCall = group.call(Context::current);
      group.await();
      assertThat(inGo.get()).isSameAs(group.context());
      assertThat(inTryGo.get()).isSameAs(group.context());
      assertThat(inCall.get()).isSameAs(group.context());
      assertThat(group.context().value(key)).isEqualTo("value");
      assertThat(group.context().err()).as("the end of the context").isNull();
    }
  }

  @Test
  void theContextEndsWithTheGroup() throws Exception {
    Context context;
    try (var group = ErrGroup.open()) {
      context = group.context();
      group.await();
      assertThat(context.err()).isNull();
    }
    assertThat(context.err()).isInstanceOf(CanceledException.class);
  }

  @Test
  void whatMembersDidHappensBeforeAwaitReturns() throws Exception {
    int[] plain = new int[4];
    for (int round = 1; round <= 2_000; round++) {
      int written = round;
      try (var group = ErrGroup.open()) {
        for (int i = 0; i < plain.length; i++) {
          int place = i;
          group.go(() -> plain[place] = written);
        }
        group.await();
        assertThat(plain).containsOnly(round);
      }
    }
  }

  @Test
  void aMemberCantWaitForItsOwnGroup() throws Exception {
    try (var group = ErrGroup.open()) {
      group.go(() -> {
        assertThatIllegalStateException().isThrownBy(group::await).withMessageContaining("itself");
        assertThatIllegalStateException().isThrownBy(group::close).withMessageContaining("itself");
        ran.incrementAndGet();
      });
      group.await();
      assertThat(group.context().err()).as("the group is still open").isNull();
    }
    assertThat(ran).hasValue(1);
  }

  @Test
  void showsHowManyRun() throws Exception {
    try (var group = ErrGroup.open()) {
      assertThat(group).hasToString("error group of 0");
      group.go(gate::receive);
      group.go(gate::receive);
      assertThat(group).hasToString("error group of 2");
      group.cancel();
    }
  }

  @Test
  void nothingMayBeNull() {
    assertThatNullPointerException().isThrownBy(() -> ErrGroup.open(null));
    try (var group = ErrGroup.open()) {
      assertThatNullPointerException().isThrownBy(() -> group.go(null));
      assertThatNullPointerException().isThrownBy(() -> group.tryGo(null));
      assertThatNullPointerException().isThrownBy(() -> group.call(null));
      group.cancel();
    }
  }
}
