package dev.runnel.sketch;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.CancelContext;
import dev.runnel.CanceledException;
import dev.runnel.Case;
import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.ContextKey;
import dev.runnel.DeadlineExceededException;
import dev.runnel.DeadlockException;
import dev.runnel.ErrGroup;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import dev.runnel.InterruptedIterationException;
import dev.runnel.Outside;
import dev.runnel.ReceiveCase;
import dev.runnel.ReceiveChan;
import dev.runnel.ReceiveResult;
import dev.runnel.Select;
import dev.runnel.SendCase;
import dev.runnel.SendChan;
import dev.runnel.Stop;
import dev.runnel.Task;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Goroutines, contexts and groups as the design shows them, written as users write. */
class DesignSketchContextTest {
  private static final ContextKey<List<String>> TAGS = ContextKey.of("tags");

  private final Chan<String> seen = Chan.unbounded();

  private void work() throws IOException {
    if (!seen.trySend("work")) {
      throw new IOException("no room");
    }
  }

  private String compute() throws Exception {
    work();
    return "computed";
  }

  @Test
  void goroutines() throws Exception {
    var ctx = Context.background().withCancel();
    Goroutine plain = go(this::work);
    Goroutine named = go("worker", this::work);
    Goroutine under = go(ctx, () -> seen.send(Context.current() == ctx ? "under" : "not under"));
    for (Goroutine goroutine : List.of(plain, named, under)) {
      goroutine.join();
      assertThat(goroutine.join(Duration.ZERO)).isTrue();
      assertThat(goroutine.isDone()).isTrue();
      @Nullable Throwable failure = goroutine.failure();
      assertThat(failure).isNull();
      long id = goroutine.id();
      assertThat(id).isPositive();
    }
    assertThat(named.name()).isEqualTo("worker");
    assertThat(Goroutine.current()).isNull();
    var waiting = go(() -> Go.sleep(Duration.ofHours(1)));
    waiting.interrupt();
    waiting.join();

    Future<String> future = Go.call(this::compute);
    assertThat(future.get()).isEqualTo("computed");
    Future<? extends Number> number = Go.call(() -> 42);
    assertThat(number.get()).isEqualTo(42);
    Go.run(() -> go(this::work).join());
    try (Outside outside = Go.outside()) {
      Go.run(() -> Go.sleep(Duration.ZERO));
      assertThat(outside).isNotNull();
    }
    ctx.close();
  }

  @Test
  void contexts() throws Exception {
    Context root = Context.background();
    assertThat(Context.current()).isSameAs(root);
    CancelContext ctx = root.withCancel();
    Context inner = ctx.withValue(TAGS, List.of("a"));
    @Nullable List<String> tags = inner.value(TAGS);
    assertThat(tags).containsExactly("a");
    assertThat(inner.deadline()).isNull();
    Instant deadline = Instant.now().plusSeconds(3600);
    try (CancelContext timed = inner.withTimeout(Duration.ofHours(2));
        CancelContext why = inner.withTimeout(Duration.ZERO, new IOException("slow"));
        var until = inner.withDeadline(deadline)) {
      assertThat(timed.deadline()).isAfter(deadline);
      assertThat(until.deadline()).isEqualTo(deadline);
      assertThat(why.cause()).hasMessage("slow");
    }
    Context free = inner.withoutCancel();
    Stop stop = inner.afterDone(this::work);
    Stop never = inner.afterDone(() -> seen.send("never"));
    assertThat(never.stop()).isTrue();
    inner.check();
    inner.run(this::work);
    String result = inner.call(this::compute);
    assertThat(result).isEqualTo("computed");
    int length = inner.call(() -> compute().length());
    assertThat(length).isEqualTo(8);
    ReceiveChan<Void> done = inner.done();
    ReceiveCase<Void> onDone = inner.onDone();
    Case<Void> then = inner.onDone(() -> seen.send("done"));
    ctx.cancel(new IOException("enough"));
    assertThat(done.receive()).isNull();
    Select.select(then);
    Select.of(onDone).await();
    assertThat(onDone.closed()).isTrue();
    assertThat(stop.stop()).isFalse();
    @Nullable ContextException err = inner.err();
    String how =
        switch (err) {
          case null -> "not ended";
          case CanceledException canceled -> "canceled, " + canceled.getCause().getMessage();
          case DeadlineExceededException late -> "late " + late;
        };
    assertThat(how).isEqualTo("canceled, enough");
    @Nullable Throwable cause = inner.cause();
    assertThat(cause).hasMessage("enough");
    assertThat(free.err()).isNull();
    assertThatExceptionOfType(ContextException.class).isThrownBy(inner::check);
    assertThatExceptionOfType(ContextException.class).isThrownBy(() -> inner.run(this::work));
    ctx.cancel();
    ctx.cancel(null);
    ctx.close();
  }

  @Test
  void groups() throws Exception {
    try (ErrGroup group = ErrGroup.open().limit(2)) {
      group.go(this::work);
      assertThat(group.tryGo(this::work) || !group.context().done().tryReceive().isClosed())
          .isTrue();
      Future<String> result = group.call(this::compute);
      group.await();
      assertThat(result.get()).isEqualTo("computed");
    }
    var ctx = Context.background().withCancel();
    try (var group = ErrGroup.open(ctx).interrupting(false)) {
      group.go(() -> {
        throw new IOException("broken");
      });
      group.await();
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(IOException.class);
    }
    var abandoned = ErrGroup.open(ctx);
    abandoned.go(() -> Go.sleep(Duration.ofHours(1)));
    abandoned.cancel();
    abandoned.close();
    ctx.close();
  }

  /** A task takes what may throw, a callable too: neither needs a cast. */
  @Test
  void lambdasOfEveryKind() throws Exception {
    Task task = this::work;
    Callable<String> callable = this::compute;
    List<Goroutine> goroutines = new ArrayList<>();
    goroutines.add(go(task));
    goroutines.add(go(() -> seen.send("sent")));
    goroutines.add(go(() -> seen.close()));
    goroutines.add(go(() -> Go.sleep(Duration.ZERO)));
    for (var goroutine : goroutines) {
      goroutine.join();
    }
    Future<List<String>> list = Go.call(() -> seen.stream().toList());
    assertThat(list.get()).isNotNull();
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> Go.call(callable).get())
        .withCauseInstanceOf(ChannelClosedException.class);
  }

  @Test
  void whoMayImplementWhat() {
    for (Class<?> closed :
        List.of(
            Chan.class,
            Case.class,
            ReceiveCase.class,
            SendCase.class,
            Context.class,
            CancelContext.class,
            Goroutine.class,
            ReceiveResult.class,
            ContextException.class)) {
      assertThat(closed.isSealed()).as("%s is sealed", closed).isTrue();
    }
    assertThat(SendChan.class.isSealed() || ReceiveChan.class.isSealed()).isFalse();
    for (Class<?> whole : List.of(Go.class, Select.class, ErrGroup.class)) {
      assertThat(Modifier.isFinal(whole.getModifiers())).as("%s is final", whole).isTrue();
    }
    assertThat(RuntimeException.class)
        .isAssignableFrom(ContextException.class)
        .isAssignableFrom(ChannelFailedException.class)
        .isAssignableFrom(InterruptedIterationException.class)
        .isAssignableFrom(DeadlockException.class);
    assertThat(IllegalStateException.class).isAssignableFrom(ChannelClosedException.class);
    assertThat(AutoCloseable.class)
        .isAssignableFrom(ErrGroup.class)
        .isAssignableFrom(CancelContext.class)
        .isAssignableFrom(Outside.class);
  }
}
