package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.testkit.Actor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The end of a context closes the socket that a goroutine waits at, and what the socket then throws
 * is an echo: a plain SocketException, where NIO has a ClosedByInterruptException.
 */
@Timeout(60)
class InterruptedSocketTest {
  private final CancelContext ctx = Context.background().withCancel();
  private ServerSocket listener;

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stopListening() throws IOException {
    listener.close();
    ctx.close();
  }

  @Test
  void acceptInAGroup() throws Exception {
    try (var group = ErrGroup.open(ctx)) {
      group.go(() -> listener.accept().close());
      ctx.cancel();
      assertThatThrownBy(group::await).isInstanceOf(CanceledException.class);
    }
    assertThat(listener.isClosed()).isTrue();
  }

  @Test
  void readInAGroup() throws Exception {
    try (Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
        var group = ErrGroup.open(ctx)) {
      Chan<Boolean> reading = Chan.unbuffered();
      group.go(() -> {
        reading.send(true);
        client.getInputStream().read();
      });
      reading.receiveOrThrow();
      ctx.cancel();
      assertThatThrownBy(group::await).isInstanceOf(CanceledException.class);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void acceptInRun() throws Exception {
    Actor actor = Actor.Kind.VIRTUAL.start(() -> ctx.run(() -> listener.accept().close()));
    actor.awaitWaiting();
    ctx.cancel();
    assertThat(actor.joinForFailure()).isInstanceOf(CanceledException.class);
  }

  @Test
  void acceptInAGoroutine() throws Exception {
    Goroutine goroutine = Go.go(ctx, () -> listener.accept().close());
    ctx.cancel();
    goroutine.join();
    assertThat(goroutine.failure()).isNull();
  }
}
