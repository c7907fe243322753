package dev.runnel.race.programs;

import com.sun.net.httpserver.HttpServer;
import dev.runnel.race.programs.Pair.Cell;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Sockets, pipes, selectors, and the handlers of asynchronous channels. */
@SuppressWarnings("unused")
final class Sockets {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private Sockets() {}

  static void pipe(boolean ordered) throws Exception {
    Pipe pipe = Pipe.open();
    Pair.pass(
        ordered,
        () -> pipe.sink().write(ByteBuffer.allocate(1)),
        () -> pipe.source().read(ByteBuffer.allocate(1)));
  }

  private interface Use {
    void of(Socket client, Socket server) throws Exception;
  }

  private static void connected(Use use) throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(listening.getInetAddress(), listening.getLocalPort());
        Socket server = listening.accept()) {
      use.of(client, server);
    }
  }

  static void socket(boolean ordered) throws Exception {
    connected((client, server) ->
        Pair.pass(
            ordered,
            () -> client.getOutputStream().write(1),
            () -> {
              var _ = server.getInputStream().read();
            }));
  }

  static void socketOnVirtualThreads(boolean ordered) throws Exception {
    connected((client, server) ->
        Pair.pass(
            Thread.ofVirtual(),
            ordered,
            () -> client.getOutputStream().write(1),
            () -> {
              var _ = server.getInputStream().read();
            }));
  }

  /** That no more bytes come is told, too. */
  static void endOfStream(boolean ordered) throws Exception {
    connected((client, server) ->
        Pair.pass(
            ordered,
            client::shutdownOutput,
            () -> {
              var _ = server.getInputStream().read();
            }));
  }

  static void closedSocket(boolean ordered) throws Exception {
    connected((client, server) ->
        Pair.pass(
            ordered,
            client::close,
            () -> {
              var _ = server.getInputStream().read();
            }));
  }

  /** So does a failure that the other end is the reason for. */
  static void reset(boolean ordered) throws Exception {
    connected((client, server) -> {
      client.setSoLinger(true, 0);
      Pair.pass(
          ordered,
          client::close,
          () -> {
            try {
              var _ = server.getInputStream().read();
            } catch (SocketException e) {
              // as is meant
            }
          });
    });
  }

  static void brokenPipe(boolean ordered) throws Exception {
    connected((client, server) ->
        Pair.pass(
            ordered,
            client::close,
            () -> {
              try {
                while (true) {
                  server.getOutputStream().write(1);
                }
              } catch (SocketException e) {
                // as is meant
              }
            }));
  }

  static void available(boolean ordered) throws Exception {
    connected((client, server) ->
        Pair.pass(
            ordered,
            () -> client.getOutputStream().write(1),
            () -> Pair.await(() -> server.getInputStream().available() > 0)));
  }

  /** That there is something to be read tells as much as reading it. */
  static void selected(boolean ordered) throws Exception {
    Pipe pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    try (Selector selector = Selector.open()) {
      pipe.source().register(selector, SelectionKey.OP_READ);
      Pair.pass(ordered, () -> pipe.sink().write(ByteBuffer.allocate(1)), selector::select);
    }
  }

  /** An action is done for each key while the selector selects. */
  static void selectedForAction(boolean ordered) throws Exception {
    Pipe pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    Cell cell = new Cell();
    try (Selector selector = Selector.open()) {
      pipe.source().register(selector, SelectionKey.OP_READ);
      Pair.both(
          () -> Pair.write(ordered, cell, () -> pipe.sink().write(ByteBuffer.allocate(1))),
          () -> selector.select(key -> cell.value++));
    }
  }

  /** Who accepts a connection knows what was before it was asked for. */
  static void accept(boolean ordered) throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket client = new Socket();
      Pair.pass(
          ordered,
          () -> client.connect(listening.getLocalSocketAddress()),
          () -> listening.accept().close());
      client.close();
    }
  }

  static void socketChannel(boolean ordered) throws Exception {
    try (ServerSocketChannel listening = ServerSocketChannel.open().bind(ANY);
        SocketChannel client = SocketChannel.open(listening.getLocalAddress());
        SocketChannel server = listening.accept()) {
      Pair.pass(
          ordered,
          () -> client.write(ByteBuffer.allocate(1)),
          () -> server.read(ByteBuffer.allocate(1)));
    }
  }

  static void acceptingChannel(boolean ordered) throws Exception {
    try (ServerSocketChannel listening = ServerSocketChannel.open().bind(ANY);
        SocketChannel client = SocketChannel.open()) {
      Pair.pass(
          ordered,
          () -> client.connect(listening.getLocalAddress()),
          () -> listening.accept().close());
    }
  }

  static void datagram(boolean ordered) throws Exception {
    try (DatagramSocket from = new DatagramSocket(ANY);
        DatagramSocket to = new DatagramSocket(ANY)) {
      Pair.pass(
          ordered,
          () -> from.send(new DatagramPacket(new byte[1], 1, to.getLocalSocketAddress())),
          () -> to.receive(new DatagramPacket(new byte[1], 1)));
    }
  }

  static void wakeup(boolean ordered) throws Exception {
    try (Selector selector = Selector.open()) {
      Pair.pass(ordered, selector::wakeup, selector::select);
    }
  }

  /** What is attached to a key is known to whoever gets it from there. */
  static void attachment(boolean ordered) throws Exception {
    try (Selector selector = Selector.open();
        ServerSocketChannel channel = ServerSocketChannel.open().bind(ANY)) {
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, SelectionKey.OP_ACCEPT);
      Pair.pass(ordered, () -> key.attach("it"), () -> Pair.await(() -> key.attachment() != null));
    }
  }

  /** A handler may be called on another thread; what it is given is known there. */
  static void completionHandler(boolean ordered) throws Exception {
    try (AsynchronousServerSocketChannel listening =
            AsynchronousServerSocketChannel.open().bind(ANY);
        AsynchronousSocketChannel client = AsynchronousSocketChannel.open()) {
      client.connect(listening.getLocalAddress()).get();
      try (AsynchronousSocketChannel server = listening.accept().get()) {
        Cell cell = new Cell();
        Pair.write(
            ordered,
            cell,
            () -> {
              server.read(ByteBuffer.allocate(1), cell, new Incrementing());
              client.write(ByteBuffer.allocate(1)).get();
            });
        Pair.awaitSignal();
      }
    }
  }

  private static final class Incrementing implements CompletionHandler<Integer, Cell> {
    @Override
    public void completed(Integer length, Cell cell) {
      Pair.increment(cell);
    }

    @Override
    public void failed(Throwable failure, Cell cell) {
      throw new IllegalStateException(failure);
    }
  }

  /** A server that runs already is given a handler. */
  static void httpServer(boolean ordered) throws Exception {
    HttpServer server = HttpServer.create(ANY, 0);
    try (ExecutorService executor = Executors.newFixedThreadPool(1)) {
      server.setExecutor(executor);
      server.start();
      URL url = URI.create("http://localhost:" + server.getAddress().getPort() + "/").toURL();
      url.openConnection().getContentLength(); // now all its threads are there
      Cell cell = new Cell();
      Pair.both(
          () ->
              Pair.write(
                  ordered,
                  cell,
                  () ->
                      server.createContext(
                          "/",
                          exchange -> {
                            cell.value++;
                            exchange.sendResponseHeaders(204, -1);
                            exchange.close();
                          })),
          () -> Pair.await(() -> url.openConnection().getHeaderField(0).contains("204")));
      server.stop(0);
    }
  }
}
