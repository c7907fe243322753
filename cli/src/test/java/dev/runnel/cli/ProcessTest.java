package dev.runnel.cli;

import static dev.runnel.cli.Tree.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a command does when it is stopped, or nobody listens any more. */
class ProcessTest {
  @TempDir private Path dir;

  @ParameterizedTest
  @CsvSource({"INT, 130, --workers=2", "INT, 130, --sequential", "TERM, 143, --workers=2"})
  void aSignalEndsTheDemoAndWhatIsDoneIsPrinted(String signal, int status, String way)
      throws Exception {
    assumeFalse(ignores(signal), "a background job's children ignore SIGINT");
    new Tree(dir).with("done");
    endless(Files.createDirectory(dir.resolve("below")).resolve("endless"));
    try (Child demo = Child.start(true, "demo", way, dir.toString())) {
      demo.awaitError(" MB"); // "done" comes before what is below, and so before these megabytes
      demo.awaitError("1/"); // of so many: see Progress
      demo.signal(signal);
      assertThat(Child.rest(demo.out())).isEqualTo(line("done"));
      assertThat(Child.rest(demo.err())).containsPattern("\ninterrupted: 1 file, [\\d,]+ bytes, ");
      assertThat(demo.exitStatus()).isEqualTo(status);
    }
  }

  @Test
  void aSignalEndsTheChat() throws Exception {
    assumeFalse(ignores("INT"), "a background job's children ignore SIGINT");
    try (Child chat = Child.start(false, "example", "chat")) {
      String address = chat.err().readLine();
      int port = Integer.parseInt(address.substring(address.lastIndexOf(' ') + 1));
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        client.getOutputStream().write("ann\n".getBytes(UTF_8));
        assertThat(client.getInputStream().read()).isEqualTo('*');
        chat.signal("INT");
        assertThat(chat.exitStatus()).isEqualTo(130);
      }
      assertThat(Child.rest(chat.err())).isEmpty();
    }
  }

  /** More than a pipe and the buffer before it hold, so that writing must fail. */
  @Test
  void likeHeadOneMayLeaveAfterTheFirstLine() throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      names.add("file" + i);
    }
    new Tree(dir).with(names.toArray(String[]::new));
    try (Child demo = Child.start(false, "demo", dir.toString())) {
      assertThat(demo.out().readLine() + "\n").isEqualTo(line("file0"));
      demo.out().close();
      assertThat(Child.rest(demo.err())).isEmpty();
      assertThat(demo.exitStatus()).isZero();
    }
  }

  @Test
  void likeHeadOneMayLeaveTheSieve() throws Exception {
    try (Child sieve = Child.start(false, "example", "sieve", "1000000")) {
      assertThat(sieve.out().readLine()).isEqualTo("2");
      sieve.out().close();
      assertThat(Child.rest(sieve.err())).isEmpty();
      assertThat(sieve.exitStatus()).isZero();
    }
  }

  @Test
  void aTerminalGetsAProgressBarAndAFileDoesNot() throws Exception {
    new Tree(dir).with("file");
    try (Child demo = Child.start(true, "demo", dir.toString())) {
      assertThat(Child.rest(demo.err())).contains("digesting", "100%").contains("1 file, 4 bytes");
      assertThat(Child.rest(demo.out())).isEqualTo(line("file"));
      assertThat(demo.exitStatus()).isZero();
    }
    try (Child demo = Child.start(false, "demo", dir.toString())) {
      assertThat(Child.rest(demo.err())).startsWith("1 file, 4 bytes").hasLineCount(1);
    }
  }

  @Test
  void aMistakeIsAnExitStatus() throws Exception {
    try (Child demo = Child.start(false, "demo", "--workers", "0")) {
      assertThat(demo.exitStatus()).isEqualTo(2);
    }
  }

  /** Java takes signals that its parent ignores for none of its business. */
  private static boolean ignores(String signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!signal.equals("INT") || !Files.exists(status)) {
      return false;
    }
    String mask =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring(7).strip())
            .findAny()
            .orElseThrow();
    return (Long.parseUnsignedLong(mask, 16) & 2) != 0;
  }

  /** A sparse file that nobody reads to its end before the test has timed out. */
  private static void endless(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(1L << 40);
    }
  }
}
