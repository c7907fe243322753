package dev.runnel;

import static dev.runnel.Select.select;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.ReceiveResult.Closed;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Channels;
import dev.runnel.testkit.ReceiveForm;
import dev.runnel.testkit.SendForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A user's own kind of channel that delegates to one of ours is as good as it. */
class DelegatingChannelTest {
  private final Chan<Integer> inner = Chan.buffered(3);
  private final Audited<Integer> chan = new Audited<>(inner);

  @ParameterizedTest
  @EnumSource
  void itSendsInEveryForm(SendForm form) throws Exception {
    form.send(7, chan);
    assertThat(Channels.drain(inner)).containsExactly(7);
  }

  @ParameterizedTest
  @EnumSource
  void itReceivesInEveryForm(ReceiveForm receive) throws Exception {
    inner.send(7);
    assertThat(receive.from(chan)).isEqualTo(7);
  }

  @Test
  void theDefaultMethodsGoThroughIt() throws Exception {
    chan.closeAfter(() -> chan.sendAll(List.of(1, 2, 3)));
    assertThat(chan.sent).isEqualTo(3);
    List<Integer> seen = new ArrayList<>();
    chan.receiveEach(seen::add);
    assertThat(seen).containsExactly(1, 2, 3);
    assertThat(chan.tryReceive()).isEqualTo(new Closed<>(null));
  }

  @Test
  void itsCasesWithHandlersTakePartInSelect() throws Exception {
    List<String> seen = new ArrayList<>();
    Chan<Integer> quiet = Chan.unbuffered();
    select(quiet.onReceive(_ -> {}), chan.onSend(7, () -> seen.add("sent")));
    select(quiet.onReceive(_ -> {}), chan.onReceive(value -> seen.add("received " + value)));
    chan.close();
    select(chan.onReceive(_ -> {}, () -> seen.add("closed")));
    assertThat(seen).containsExactly("sent", "received 7", "closed");
  }

  @Test
  void aSelectThatWaitsForItIsWoken() throws Exception {
    Chan<Integer> quiet = Chan.unbuffered();
    Actor waiting =
        Actor.Kind.VIRTUAL
            .start(() -> {
              int got = select(quiet.onReceive(), chan.onReceive());
              assertThat(got).isEqualTo(7);
            })
            .awaitWaiting();
    chan.send(7);
    waiting.join();
  }

  /** Counts what is sent. What has a default method in the interfaces is left to it. */
  private static final class Audited<T> implements SendChan<T>, ReceiveChan<T> {
    private final Chan<T> inner;
    private int sent;

    Audited(Chan<T> inner) {
      this.inner = inner;
    }

    @Override
    public void send(T value) throws InterruptedException {
      inner.send(value);
      sent++;
    }

    @Override
    public void send(T value, Context ctx) throws InterruptedException {
      inner.send(value, ctx);
      sent++;
    }

    @Override
    public boolean send(T value, Duration atMost) throws InterruptedException {
      return counted(inner.send(value, atMost));
    }

    @Override
    public boolean trySend(T value) {
      return counted(inner.trySend(value));
    }

    private boolean counted(boolean went) {
      sent += went ? 1 : 0;
      return went;
    }

    @Override
    public void close() {
      inner.close();
    }

    @Override
    public boolean fail(Throwable cause) {
      return inner.fail(cause);
    }

    @Override
    public SendCase<T> onSend(T value) {
      return inner.onSend(value);
    }

    @Override
    public @Nullable T receive() throws InterruptedException {
      return inner.receive();
    }

    @Override
    public @Nullable T receive(Context ctx) throws InterruptedException {
      return inner.receive(ctx);
    }

    @Override
    public ReceiveResult<T> receive(Duration atMost) throws InterruptedException {
      return inner.receive(atMost);
    }

    @Override
    public ReceiveResult<T> tryReceive() {
      return inner.tryReceive();
    }

    @Override
    public int receiveUpTo(int max, Collection<? super T> into) throws InterruptedException {
      return inner.receiveUpTo(max, into);
    }

    @Override
    public ReceiveCase<T> onReceive() {
      return inner.onReceive();
    }
  }
}
