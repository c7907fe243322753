package dev.runnel.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against the real {@code sha256sum} of GNU, where there is one. No file is named {@code -}, which
 * to sha256sum is its standard input.
 */
class Sha256sumTest {
  private static final String LIST_SORTED = "find . -type f -printf '%P\\0' | LC_ALL=C sort -z";
  private static final String SUMS = LIST_SORTED + " | LC_ALL=C xargs -0r sha256sum --";

  @TempDir private Path dir;

  @Test
  void equalsItByteForByte() throws Exception {
    assumeTrue(runs("sha256sum --version && " + LIST_SORTED), "GNU's tools are here");
    Tree tree =
        new Tree(dir)
            .with("-n", "--help", ".hidden", "~", "*", "a*b", "'", "\"", "`id`", "$HOME", "#")
            .with(" leading", "trailing ", "two  spaces", "tab\t", "\u0001\u007f", "a:b;c|d")
            .with("new\nline", "\n", "\\", "back\\slash", "\\n", "%00", "%", "ä", "日本語", "😀")
            .with("dir/a", "dir-a", "dir.a", "dir/-", "new\nline dir/file", "back\\dir/file")
            .with(new byte[] {(byte) 0xff})
            .with(new byte[] {'d', (byte) 0x80, '/', (byte) 0xc3, '\n', (byte) 0xfe})
            .with(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}); // a surrogate is not UTF-8
    if (escapesCarriageReturns()) {
      tree.with("carriage\rreturn", "\r/\r");
    }
    Random random = new Random(1);
    for (int size : new int[] {0, 1, 65_535, 65_536, 65_537, 1_000_000}) {
      byte[] content = new byte[size];
      random.nextBytes(content);
      Files.write(dir.resolve("size" + size), content);
    }
    Files.createSymbolicLink(dir.resolve("link"), Path.of("dir"));
    Files.createSymbolicLink(dir.resolve("dangling"), Path.of("nothing"));
    Files.createDirectories(dir.resolve("empty/empty"));
    assertThat(runs("mkfifo fifo")).isTrue();
    try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(dir.resolve("socket")));
      Console console = new Console();
      assertThat(console.run("demo", dir.toString())).as(console.err()).isZero();
      assertThat(lines(console.bytes())).isEqualTo(lines(output(SUMS)));
    }
  }

  /** Those of GNU coreutils do since version 9. */
  private boolean escapesCarriageReturns() throws Exception {
    new Tree(dir).with("\r");
    try {
      return new String(output(SUMS), ISO_8859_1).endsWith("  \\r\n");
    } finally {
      Files.delete(dir.resolve("\r"));
    }
  }

  /** As characters of one byte each, so that a difference can be read. */
  private static List<String> lines(byte[] output) {
    return List.of(new String(output, ISO_8859_1).split("\n", -1));
  }

  private boolean runs(String command) throws IOException, InterruptedException {
    Process shell = shell(command);
    shell.getInputStream().transferTo(OutputStream.nullOutputStream());
    return shell.waitFor() == 0;
  }

  private byte[] output(String command) throws IOException, InterruptedException {
    Process shell = shell(command);
    byte[] output = shell.getInputStream().readAllBytes();
    assertThat(shell.waitFor()).isZero();
    return output;
  }

  private Process shell(String command) throws IOException {
    return new ProcessBuilder("sh", "-c", command)
        .directory(dir.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
