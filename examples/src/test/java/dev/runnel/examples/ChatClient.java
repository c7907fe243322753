package dev.runnel.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** Somebody who chats. */
final class ChatClient implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader in;

  private ChatClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  /** Connects, and does not give its name yet. */
  static ChatClient connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(60_000); // a line that never comes is a failure, not a hang
    return new ChatClient(socket);
  }

  /** Connects and is welcomed, so that it hears what is said from now on. */
  static ChatClient join(int port, String name) throws IOException {
    ChatClient client = connect(port);
    client.say(name);
    String welcome = client.hear();
    if (welcome == null || !welcome.startsWith("* welcome, " + name)) {
      throw new AssertionError("no welcome: " + welcome);
    }
    return client;
  }

  void say(String line) throws IOException {
    socket.getOutputStream().write((line + "\n").getBytes(UTF_8));
  }

  /** The next line; null when the server has hung up. */
  @Nullable String hear() throws IOException {
    return in.readLine();
  }

  /** Is gone without a word: the server's next read or write fails. */
  void vanish() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
