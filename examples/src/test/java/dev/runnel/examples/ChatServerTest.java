package dev.runnel.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.CancelContext;
import dev.runnel.CanceledException;
import dev.runnel.Context;
import dev.runnel.Go;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChatServerTest {
  private static final Pattern MISSED = Pattern.compile("\\* you missed (\\d+) lines");

  private final CancelContext ctx = Context.background().withCancel();
  private ServerSocket listener;
  private int port;
  private Future<@Nullable Void> server;

  @BeforeEach
  void serve() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    port = listener.getLocalPort();
    server =
        Go.call(() -> {
          ChatServer.serve(listener, ctx);
          return null;
        });
  }

  @AfterEach
  void stop() throws InterruptedException {
    ctx.cancel();
    assertThatThrownBy(server::get).isInstanceOf(ExecutionException.class);
  }

  @Test
  void whatOneSaysAllOthersHear() throws IOException {
    try (var ann = ChatClient.join(port, "ann");
        var bob = ChatClient.join(port, "bob");
        var cy = ChatClient.join(port, "cy")) {
      assertThat(ann.hear()).isEqualTo("* bob joined");
      assertThat(ann.hear()).isEqualTo("* cy joined");
      assertThat(bob.hear()).isEqualTo("* cy joined");
      ann.say("hello");
      assertThat(bob.hear()).isEqualTo("ann: hello");
      assertThat(cy.hear()).isEqualTo("ann: hello");
      bob.say("grüß dich");
      assertThat(ann.hear()).isEqualTo("bob: grüß dich"); // and not its own line
      assertThat(cy.hear()).isEqualTo("bob: grüß dich");
    }
  }

  @Test
  void theWelcomeTellsHowManyAreHere() throws IOException {
    try (var ann = ChatClient.connect(port);
        var bob = ChatClient.connect(port)) {
      ann.say("ann");
      assertThat(ann.hear()).isEqualTo("* welcome, ann: 0 here");
      bob.say("bob");
      assertThat(bob.hear()).isEqualTo("* welcome, bob: 1 here");
    }
  }

  @Test
  void theOthersHearWhoHangsUp() throws IOException {
    try (var ann = ChatClient.join(port, "ann")) {
      ChatClient.join(port, "bob").close();
      assertThat(ann.hear()).isEqualTo("* bob joined");
      assertThat(ann.hear()).isEqualTo("* bob left");
    }
  }

  @Test
  void aClientThatVanishesIsNoTroubleForTheOthers() throws IOException {
    try (var ann = ChatClient.join(port, "ann");
        var bob = ChatClient.join(port, "bob")) {
      ChatClient.connect(port).vanish(); // before it has a name
      assertThat(ann.hear()).isEqualTo("* bob joined");
      ChatClient.join(port, "cy").vanish();
      assertThat(ann.hear()).isEqualTo("* cy joined");
      assertThat(ann.hear()).isEqualTo("* cy left");
      ann.say("still here?");
      assertThat(bob.hear()).isEqualTo("* cy joined");
      assertThat(bob.hear()).isEqualTo("* cy left");
      assertThat(bob.hear()).isEqualTo("ann: still here?");
    }
  }

  /**
   * The lines are together far longer than what the sockets buffer, so that lines to the client
   * that does not read must be dropped; each is either heard or counted as missed.
   */
  @Test
  void nobodyWaitsForAClientThatDoesNotRead() throws Exception {
    String line = "x".repeat(64 * 1024);
    int lines = 1_000;
    try (var slow = ChatClient.join(port, "slow")) {
      try (var ann = ChatClient.join(port, "ann")) {
        for (int i = 0; i < lines; i++) {
          ann.say(line);
        }
      }
      long missed = 0;
      long heard = 0;
      String last = "";
      while (!last.equals("* ann left")) {
        last = slow.hear();
        assertThat(last).isNotNull();
        Matcher told = MISSED.matcher(last);
        if (told.matches()) {
          missed += Long.parseLong(told.group(1));
        } else {
          heard++;
        }
      }
      assertThat(missed).isPositive();
      assertThat(heard + missed).isEqualTo(1 + lines + 1); // she joined, her lines, she left
    }
  }

  @Test
  void theEndOfTheContextEndsTheServerAndHangsUp() throws Exception {
    try (var ann = ChatClient.join(port, "ann");
        var bob = ChatClient.join(port, "bob");
        var nameless = ChatClient.connect(port)) {
      assertThat(ann.hear()).isEqualTo("* bob joined");
      ctx.cancel();
      assertThatThrownBy(server::get).hasCauseInstanceOf(CanceledException.class);
      assertHungUp(ann);
      assertHungUp(bob);
      assertHungUp(nameless);
      assertThat(listener.isClosed()).isTrue();
      assertThatThrownBy(() -> ChatClient.connect(port)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void theEndOfTheContextEndsAWriterThatIsStuck() throws Exception {
    String line = "x".repeat(64 * 1024);
    try (var slow = ChatClient.join(port, "slow");
        var ann = ChatClient.join(port, "ann")) {
      for (int i = 0; i < 1_000; i++) {
        ann.say(line);
      }
      ctx.cancel();
      assertThatThrownBy(server::get).hasCauseInstanceOf(CanceledException.class);
      assertThat(slow.hear()).isEqualTo("* ann joined"); // what had been sent can still be read
    }
  }

  @Test
  void aListenerThatFailsEndsTheServer() throws Exception {
    try (var ann = ChatClient.join(port, "ann")) {
      listener.close();
      assertThatThrownBy(server::get)
          .cause()
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(SocketException.class);
      assertHungUp(ann);
    }
  }

  /** Hearing ends, perhaps after news of those who were hung up on a moment before. */
  private static void assertHungUp(ChatClient client) throws IOException {
    String line;
    do {
      try {
        line = client.hear();
      } catch (SocketException reset) {
        return; // what the server had not read yet makes it a reset
      }
    } while (line != null && line.endsWith(" left"));
    assertThat(line).isNull();
  }
}
