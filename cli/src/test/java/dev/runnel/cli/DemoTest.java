package dev.runnel.cli;

import static dev.runnel.cli.Tree.line;
import static dev.runnel.cli.Tree.sha256;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {
  private final Console console = new Console();
  @TempDir private Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"--workers=1", "--workers=2", "--workers=1024", "--sequential"})
  void printsWhatSha256sumPrints(String way) throws IOException {
    new Tree(dir).with("b", "a/two", "a/b/c/three", ".hidden", "with space");
    assertThat(demo(way)).isZero();
    assertThat(console.out())
        .isEqualTo(
            line(".hidden") + line("a/b/c/three") + line("a/two") + line("b") + line("with space"));
  }

  @Test
  void sortsByTheBytesOfTheWholePath() throws IOException {
    new Tree(dir).with("a/c", "a-b", "a.c", "B", "z", "ä", "aa").with(new byte[] {(byte) 0xff});
    assertThat(demo()).isZero();
    assertThat(console.out().lines().map(l -> l.substring(66)))
        .containsExactly("B", "a-b", "a.c", "a/c", "aa", "z", "ä", "\ufffd");
  }

  @Test
  void escapesNamesAsSha256sumDoes() throws IOException {
    new Tree(dir).with("new\nline", "back\\slash", "carriage\rreturn", "all\\\n\r", "tab\t*?");
    assertThat(demo()).isZero();
    assertThat(console.out())
        .isEqualTo(
            "\\"
                + sha256(bytes("all\\\n\r"))
                + "  all\\\\\\n\\r\n"
                + "\\"
                + sha256(bytes("back\\slash"))
                + "  back\\\\slash\n"
                + "\\"
                + sha256(bytes("carriage\rreturn"))
                + "  carriage\\rreturn\n"
                + "\\"
                + sha256(bytes("new\nline"))
                + "  new\\nline\n"
                + line("tab\t*?"));
  }

  @Test
  void namesThatAreNoTextKeepTheirBytes() throws IOException {
    byte[] name = "d\u00ff\\/\u00fe\n\u0080%41".getBytes(ISO_8859_1);
    new Tree(dir).with(name);
    assertThat(demo()).isZero();
    assertThat(new String(console.bytes(), ISO_8859_1))
        .isEqualTo("\\" + sha256(name) + "  d\u00ff\\\\/\u00fe\\n\u0080%41\n");
  }

  @Test
  void anEmptyTreePrintsNothing() throws IOException {
    Files.createDirectories(dir.resolve("a/b"));
    assertThat(demo()).isZero();
    assertThat(console.out()).isEmpty();
    assertThat(console.err()).startsWith("0 files, 0 bytes, ");
  }

  @Test
  void dirMayEndInASlashOrBeALink() throws IOException {
    new Tree(dir).with("real/file");
    Path link = Files.createSymbolicLink(dir.resolve("link"), dir.resolve("real"));
    assertThat(console.run("demo", link + "/")).isZero();
    assertThat(console.out()).isEqualTo(sha256(bytes("real/file")) + "  file\n");
  }

  @Test
  void endsWithASummary() throws IOException {
    new Tree(dir).with("one", "three");
    assertThat(demo("--workers=3")).isZero();
    assertThat(console.err())
        .matches("2 files, 8 bytes, \\d+\\.\\d{3} s, \\d+\\.\\d MB/s, 3 workers\n");
  }

  @Test
  void theSummaryOfOneThreadSaysSo() throws IOException {
    new Tree(dir).with("one");
    assertThat(demo("--sequential")).isZero();
    assertThat(console.err())
        .matches("1 file, 3 bytes, \\d+\\.\\d{3} s, \\d+\\.\\d MB/s, 1 thread\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--workers=2", "--sequential"})
  void whatCanNotBeReadIsNamedAndTheRestDone(String way) throws IOException {
    new Tree(dir).with("a", "z");
    try (LongPath tooLong = LongPath.below(dir)) {
      assertThat(demo(way)).isEqualTo(1);
      assertThat(console.out()).isEqualTo(line("a") + line("z"));
      assertThat(console.err().lines().toList())
          .hasSize(2)
          .satisfies(lines -> {
            assertThat(lines.getFirst())
                .isEqualTo("runnel: cannot read " + tooLong.file() + ": File name too long");
            assertThat(lines.getLast()).startsWith("2 files, ").endsWith(", 1 unreadable");
          });
    }
  }

  @Test
  void whatOneMayNotReadIsNamedAndTheRestDone() throws IOException {
    new Tree(dir).with("closed", "folder/below", "open");
    Path closed = forbid(dir.resolve("closed"));
    Path folder = forbid(dir.resolve("folder"));
    assumeFalse(Files.isReadable(closed), "root reads everything");
    assertThat(demo()).isEqualTo(1);
    assertThat(console.out()).isEqualTo(line("open"));
    assertThat(console.err())
        .startsWith(
            "runnel: cannot read "
                + closed
                + ": permission denied\n"
                + "runnel: cannot read "
                + folder
                + ": permission denied\n");
  }

  @Test
  void aFullDiskIsNoSuccess() throws IOException {
    new Tree(dir).with("file");
    assertThat(console.runInto(failing("No space left on device"), "demo", dir.toString()))
        .isEqualTo(1);
    assertThat(console.err())
        .startsWith("runnel: cannot write the result: No space left on device\n");
  }

  @Test
  void whenTheReaderHasHadEnoughItEndsQuietly() throws IOException {
    new Tree(dir).with("file");
    assertThat(console.runInto(failing("Broken pipe"), "demo", dir.toString())).isZero();
    assertThat(console.err()).isEmpty();
  }

  private int demo(String... options) {
    String[] args = new String[options.length + 2];
    args[0] = "demo";
    System.arraycopy(options, 0, args, 1, options.length);
    args[args.length - 1] = dir.toString();
    return console.run(args);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static Path forbid(Path path) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
  }

  private static OutputStream failing(String why) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(why);
      }
    };
  }
}
