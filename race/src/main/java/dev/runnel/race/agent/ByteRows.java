package dev.runnel.race.agent;

/**
 * {@link EdgeTable}'s rows of where bytes leave the JVM or come in, and what the other end can see.
 */
final class ByteRows {
  private ByteRows() {}

  static void add() {
    sends("java/io/FileOutputStream", "write", "close");
    String in = "java/io/FileInputStream";
    receives(in, "read", "readAllBytes", "readNBytes", "transferTo", "available");
    sends("java/io/RandomAccessFile", "write(I)V", "writeBytes([BII)V", "close");
    receives("java/io/RandomAccessFile", "read()I", "readBytes([BII)I", "length");
    String channels = "sun/nio/ch/";
    sends(channels + "IOUtil", "write");
    receives(channels + "IOUtil", "read");
    String file = channels + "FileChannelImpl";
    sends(file, "transferTo", "transferFrom");
    receives(file, "transferTo", "transferFrom", "size");
    String socket = channels + "NioSocketImpl";
    sends(socket, "implWrite", "connect", "shutdownOutput", "close");
    receives(socket, "implRead", "accept", "available");
    String socketChannel = channels + "SocketChannelImpl";
    sends(socketChannel, "connect", "blockingWriteFully", "shutdownOutput");
    receives(socketChannel, "blockingRead");
    receives(channels + "ServerSocketChannelImpl", "accept", "blockingAccept");
    String datagrams = channels + "DatagramChannelImpl";
    sends(datagrams, "sendFromNativeBuffer");
    receives(datagrams, "receiveIntoNativeBuffer");
    sends("java/nio/channels/spi/AbstractInterruptibleChannel", "close");
    sends(channels + "UnixAsynchronousSocketChannelImpl", "implConnect", "implClose");
    receives(channels + "UnixAsynchronousServerSocketChannelImpl", "implAccept", "onEvent");
    String selector = channels + "SelectorImpl"; // that there is something to be read
    receives(selector, "lockAndDoSelect");
    EdgeTable.row(
        selector,
        "processReadyEvents",
        EdgeTable.When.ENTRY,
        "Bytes.received",
        EdgeTable.Given.NOTHING);
    receives("sun/nio/fs/AbstractWatchService", "take", "poll");
    String process = "java/lang/ProcessImpl"; // whose end may be due to its input
    sends(process, "destroy");
    sends("java/lang/ProcessHandleImpl", "destroyProcess");
    receives(process, "waitFor", "exitValue", "isAlive");
  }

  private static void sends(String owner, String... methods) {
    for (String method : methods) {
      EdgeTable.row(owner, method, EdgeTable.When.ENTRY, "Bytes.sending", EdgeTable.Given.NOTHING);
      EdgeTable.row(
          owner,
          method,
          EdgeTable.When.THROW,
          "Bytes.received",
          EdgeTable.Given.NOTHING); // that the other end is gone
    }
  }

  private static void receives(String owner, String... methods) {
    for (String method : methods) {
      EdgeTable.row(
          owner, method, EdgeTable.When.RETURN, "Bytes.received", EdgeTable.Given.NOTHING);
      EdgeTable.row(owner, method, EdgeTable.When.THROW, "Bytes.received", EdgeTable.Given.NOTHING);
    }
  }
}
