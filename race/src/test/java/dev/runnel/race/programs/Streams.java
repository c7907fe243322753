package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.UUID;

/**
 * What {@code java.io} locks, which may be the program's own streams; and bytes, which order
 * whoever reads them behind who has written.
 */
@SuppressWarnings({"JdkObsolete", "unused"})
final class Streams {
  private Streams() {}

  /** Not safe by itself. */
  private static final class Counting extends OutputStream {
    int count;

    @Override
    public void write(int b) {
      count++;
    }
  }

  private static final class Own extends PrintStream {
    Own(OutputStream out) {
      super(out, true, StandardCharsets.UTF_8);
    }
  }

  /** A stream guards what it writes to. In the racing program there are two of it. */
  static void printStream(boolean ordered) throws Exception {
    Counting counting = new Counting();
    PrintStream one = new PrintStream(counting, true, StandardCharsets.UTF_8);
    PrintStream two = ordered ? one : new PrintStream(counting, true, StandardCharsets.UTF_8);
    Pair.inTurn(() -> one.println("one"), () -> two.println("two"));
  }

  static void ownPrintStream(boolean ordered) throws Exception {
    Counting counting = new Counting();
    PrintStream one = new Own(counting);
    PrintStream two = ordered ? one : new Own(counting);
    Pair.inTurn(() -> one.print(1), () -> two.print(2));
  }

  static void outputStreamWriter(boolean ordered) throws Exception {
    Counting counting = new Counting();
    Writer one = new OutputStreamWriter(counting, StandardCharsets.UTF_8);
    Writer two = ordered ? one : new OutputStreamWriter(counting, StandardCharsets.UTF_8);
    Pair.inTurn(
        () -> {
          one.write("one");
          one.flush();
        },
        () -> {
          two.write("two");
          two.flush();
        });
  }

  private static final class Tally {
    int count;
  }

  /** Its inherited methods call it under the lock that it was given. */
  private static final class Tallying extends Writer {
    private final Tally tally;

    Tallying(Object lock, Tally tally) {
      super(lock);
      this.tally = tally;
    }

    @Override
    public void write(char[] chars, int from, int length) {
      tally.count += length;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  static void locksOfWriters(boolean ordered) throws Exception {
    Object lock = new Object();
    Tally tally = new Tally();
    Writer one = new Tallying(lock, tally);
    Writer two = new Tallying(ordered ? lock : new Object(), tally);
    Pair.inTurn(() -> one.write("one"), () -> two.write("two"));
  }

  /** What the JVM's own streams lock orders nothing; a volatile variable does. */
  static void printing(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Marked mark = new Marked();
    Pair.inTurn(
        () -> {
          cell.value++;
          if (ordered) {
            mark.set = true;
          }
          System.out.println("one");
          System.err.println("one");
        },
        () -> {
          System.out.println("two");
          System.err.println("two");
          if (!ordered || mark.set) {
            cell.value++;
          }
        });
  }

  private static final class Marked {
    volatile boolean set;
  }

  private static final class Named {
    int asked;

    @Override
    public String toString() {
      return "name " + asked++;
    }
  }

  /** What is formatted is so under the stream's lock, even that of the JVM's own. */
  static void formatted(boolean ordered) throws Exception {
    Named named = new Named();
    PrintStream two = ordered ? System.out : System.err;
    Pair.inTurn(() -> System.out.printf("%s%n", named), () -> two.printf("%s%n", named));
  }

  static void stringBuffer(boolean ordered) throws Exception {
    StringBuffer buffer = new StringBuffer();
    Pair.pass(ordered, () -> buffer.append("a"), () -> Pair.await(() -> buffer.length() > 0));
  }

  static void byteArrayOutputStream(boolean ordered) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Pair.pass(ordered, () -> bytes.write(1), () -> Pair.await(() -> bytes.size() > 0));
  }

  /** The writer lives on, as the reader looks whether it does. */
  static void pipedStreams(boolean ordered) throws Exception {
    Cell cell = new Cell();
    PipedOutputStream out = new PipedOutputStream();
    PipedInputStream in = new PipedInputStream(out);
    Pair.both(
        () -> {
          Pair.write(
              ordered,
              cell,
              () -> {
                out.write(1);
                out.flush();
              });
          Pair.awaitSignal();
        },
        () -> {
          var _ = in.read();
          Pair.increment(cell);
        });
  }

  private static Path file() throws Exception {
    Path file = Files.createTempFile("race", ".bytes");
    file.toFile().deleteOnExit();
    return file;
  }

  /** Reads a file until there is something in it. */
  static void fileStreams(boolean ordered) throws Exception {
    Path file = file();
    Pair.pass(
        ordered,
        () -> Files.write(file, new byte[1]),
        () -> Pair.await(() -> Files.readAllBytes(file).length > 0));
  }

  static void oldFileStreams(boolean ordered) throws Exception {
    java.io.File file = file().toFile();
    Pair.pass(
        ordered,
        () -> {
          try (OutputStream out = new java.io.FileOutputStream(file)) {
            out.write(1);
          }
        },
        () ->
            Pair.await(() -> {
              try (java.io.InputStream in = new java.io.FileInputStream(file)) {
                return in.read() >= 0;
              }
            }));
  }

  static void randomAccessFile(boolean ordered) throws Exception {
    java.io.File file = file().toFile();
    Pair.pass(
        ordered,
        () -> {
          try (RandomAccessFile out = new RandomAccessFile(file, "rw")) {
            out.writeInt(1);
          }
        },
        () ->
            Pair.await(() -> {
              try (RandomAccessFile in = new RandomAccessFile(file, "r")) {
                return in.read(new byte[4]) > 0;
              }
            }));
  }

  static void fileChannel(boolean ordered) throws Exception {
    try (FileChannel channel =
        FileChannel.open(file(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      Pair.pass(
          ordered,
          () -> channel.write(ByteBuffer.allocate(1), 0),
          () -> Pair.await(() -> channel.read(ByteBuffer.allocate(1), 0) > 0));
    }
  }

  /** Whoever sees how long a file is knows of who made it so. */
  static void lengthOfFile(boolean ordered) throws Exception {
    try (FileChannel channel =
        FileChannel.open(file(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      Pair.pass(
          ordered,
          () -> channel.write(ByteBuffer.allocate(1)),
          () -> Pair.await(() -> channel.size() > 0));
    }
  }

  /** Random numbers are read from a file, by which nobody learns anything. */
  static void randomNumbers(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Object lock = new Object();
    Object other = ordered ? lock : new Object();
    var _ = UUID.randomUUID(); // now what it needs is there
    Pair.inTurn(
        () -> {
          synchronized (lock) {
            cell.value++;
          }
          System.out.println("one");
        },
        () -> {
          for (int i = 0; i < 40; i++) {
            var _ = UUID.randomUUID();
          }
          synchronized (other) {
            cell.value++;
          }
        });
  }

  /** Through another process, which gives back what it is given. */
  static void process(boolean ordered) throws Exception {
    Process process = new ProcessBuilder("cat").start();
    Pair.pass(
        ordered,
        () -> {
          process.getOutputStream().write(1);
          process.getOutputStream().close();
        },
        () -> {
          var _ = process.getInputStream().read();
        });
    process.waitFor();
  }

  /** A process that ends because it was told to. */
  static void processEnds(boolean ordered) throws Exception {
    Process process = new ProcessBuilder("cat").start();
    Pair.pass(ordered, process::destroy, process::waitFor);
  }

  static void processEndsByHandle(boolean ordered) throws Exception {
    Process process = new ProcessBuilder("cat").start();
    Pair.pass(ordered, () -> process.toHandle().destroy(), process::waitFor);
  }

  /** Who is told of a file knows of who wrote it. */
  static void watchService(boolean ordered) throws Exception {
    Path folder = Files.createTempDirectory("race");
    Path file = folder.resolve("it");
    try (WatchService service = FileSystems.getDefault().newWatchService()) {
      folder.register(service, StandardWatchEventKinds.ENTRY_MODIFY);
      Pair.pass(ordered, () -> Files.write(file, new byte[1]), service::take);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }
}
