package dev.runnel;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.testkit.Actor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the running code runs under. */
class ContextCurrentTest {
  private final CancelContext ctx = Context.background().withCancel();
  private final AtomicReference<Context> seen = new AtomicReference<>();

  @ParameterizedTest
  @EnumSource
  void aThreadStartsUnderTheBackground(Actor.Kind kind) throws Exception {
    ctx.run(() -> kind.start(() -> seen.set(Context.current())).join());
    assertThat(seen).hasValue(Context.background());
  }

  @ParameterizedTest
  @EnumSource
  void runBindsItAndPutsTheFormerBack(Actor.Kind kind) throws Exception {
    kind.start(
            () -> {
              Context inner = ctx.withValue(ContextKey.of("name"), "inner");
              ctx.run(() -> {
                assertThat(Context.current()).isSameAs(ctx);
                inner.run(() -> assertThat(Context.current()).isSameAs(inner));
                assertThat(Context.current()).isSameAs(ctx);
                assertThat(inner.<Context>call(Context::current)).isSameAs(inner);
              });
              assertThat(Context.current()).isSameAs(Context.background());
            })
        .join();
  }

  @Test
  void aGoroutineStartedUnderAContextHasIt() throws InterruptedException {
    go(ctx, () -> seen.set(Context.current())).join();
    assertThat(seen).hasValue(ctx);
  }

  @Test
  void aGoroutinesContextComesBackAfterARun() throws InterruptedException {
    Context other = Context.background().withCancel();
    Goroutine goroutine =
        go(
            ctx,
            () -> {
              assertThat(other.<Context>call(Context::current)).isSameAs(other);
              assertThat(Context.current()).isSameAs(ctx);
            });
    goroutine.join();
    assertThat(goroutine.failure()).isNull();
  }

  @Test
  void aPlainGoroutineStartsWithTheBackground() throws Exception {
    ctx.run(() -> go(() -> seen.set(Context.current())).join());
    assertThat(seen.getAndSet(null)).isSameAs(Context.background());
    go(ctx, () -> go(() -> seen.set(Context.current())).join()).join();
    assertThat(seen).hasValue(Context.background());
    assertThat(ctx.<Context>call(() -> Go.call(Context::current).get()))
        .isSameAs(Context.background());
  }

  @Test
  void aGroupsGoroutinesHaveTheGroupsContextAndThatIsUnderTheOpenersCurrent() throws Exception {
    ContextKey<String> key = ContextKey.of("key");
    ctx.withValue(key, "value")
        .run(() -> {
          try (var group = ErrGroup.open()) {
            group.go(() -> seen.set(Context.current()));
            group.await();
            assertThat(seen).hasValue(group.context());
            assertThat(group.context().value(key)).isEqualTo("value");
            ctx.cancel();
            assertThat(group.context().err()).isNotNull();
            Thread.interrupted(); // the run's own interrupt, seen
          }
        });
  }
}
