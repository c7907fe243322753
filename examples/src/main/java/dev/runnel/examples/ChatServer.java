package dev.runnel.examples;

import static dev.runnel.Select.select;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.ErrGroup;
import dev.runnel.Overflow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * A chat server: what one client says, all others hear. The first line that a client sends is its
 * name.
 *
 * <p>One goroutine, the hub, knows the clients; nothing is shared and nothing is locked. Each
 * client has two more: one reads what it says, one writes what it hears. Between hub and writer is
 * the client's mailbox, which drops the oldest lines when a client does not keep up, so that nobody
 * waits for the slowest; the client is told how many it missed.
 */
public final class ChatServer {
  private static final int MAILBOX = 64;

  private record Client(String name, Socket socket, Chan<String> mailbox) {}

  private record Line(Client from, String text) {}

  private final Chan<Client> joining = Chan.unbuffered();
  private final Chan<Client> leaving = Chan.unbuffered();
  private final Chan<Line> said = Chan.unbuffered();
  private final ServerSocket listener;
  private final ErrGroup group;

  private ChatServer(ServerSocket listener, ErrGroup group) {
    this.listener = listener;
    this.group = group;
  }

  /**
   * Serves until a context ends. All connections are then closed and all goroutines have ended.
   *
   * @param listener where clients come in; closed on return
   * @param ctx ends the server
   * @throws ContextException if the context has ended, which is how a server ends that nothing is
   *     wrong with
   * @throws ExecutionException if the listener fails
   * @throws IOException if the listener can't be closed
   * @throws InterruptedException if the thread is interrupted
   */
  public static void serve(ServerSocket listener, Context ctx)
      throws InterruptedException, ExecutionException, IOException {
    try (listener;
        var group = ErrGroup.open(ctx)) {
      ChatServer server = new ChatServer(listener, group);
      group.go(server::hub);
      group.go(server::accept);
      group.await();
    }
  }

  /** Lets one client in and listens to it, after leaving the door to another goroutine. */
  private void accept() throws IOException, InterruptedException {
    try (Socket socket = listener.accept()) {
      group.go(this::accept);
      listenTo(socket);
    }
  }

  /** Knows who is there, and passes on what is said. */
  private void hub() throws InterruptedException {
    Set<Client> clients = new LinkedHashSet<>();
    while (true) {
      select(
          joining.onReceive(client -> {
            client.mailbox.send("* welcome, " + client.name + ": " + clients.size() + " here");
            clients.add(client);
            tell(clients, client, "* " + client.name + " joined");
          }),
          leaving.onReceive(client -> {
            clients.remove(client);
            client.mailbox.close();
            tell(clients, client, "* " + client.name + " left");
          }),
          said.onReceive(line -> tell(clients, line.from, line.from.name + ": " + line.text)));
    }
  }

  private static void tell(Set<Client> clients, Client from, String text)
      throws InterruptedException {
    for (Client client : clients) {
      if (!client.equals(from)) {
        client.mailbox.send(text); // never waits: see Overflow
      }
    }
  }

  /** Reads what a client says, until it hangs up or the server ends. */
  private void listenTo(Socket socket) throws InterruptedException {
    try (var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
      String name = in.readLine();
      if (name == null) {
        return;
      }
      var client = new Client(name, socket, Chan.buffered(MAILBOX, Overflow.DROP_OLDEST));
      group.go(() -> writeTo(client));
      joining.send(client);
      try {
        for (String text; (text = in.readLine()) != null; ) {
          said.send(new Line(client, text));
        }
      } finally {
        leaving.send(
            client, group.context()); // the hub may have ended, and this interrupt be used up
      }
    } catch (IOException hungUp) {
      // Its business, not the server's.
    }
  }

  /** Writes to a client what is in its mailbox, until it has left or can't be written to. */
  private void writeTo(Client client) throws InterruptedException {
    try (Writer out = new OutputStreamWriter(client.socket.getOutputStream(), UTF_8)) {
      long told = 0;
      for (String line : client.mailbox) {
        long missed = client.mailbox.dropped() - told;
        if (missed > 0) {
          out.write("* you missed " + missed + " lines\n");
          told += missed;
        }
        out.write(line + "\n");
        out.flush();
      }
    } catch (IOException hungUp) {
      // Closing the stream has closed the socket, so listenTo sees it too.
    }
  }

  /**
   * Serves on the loopback interface until the process is stopped.
   *
   * @param args the port; without it, any free one
   * @throws Exception if that is not possible
   */
  public static void main(String... args) throws Exception {
    int port = args.length == 0 ? 0 : Integer.parseInt(args[0]);
    var listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    System.out.println("Talk to me: nc localhost " + listener.getLocalPort());
    serve(listener, Context.background());
  }
}
