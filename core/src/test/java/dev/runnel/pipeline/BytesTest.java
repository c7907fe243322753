package dev.runnel.pipeline;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.Context;
import dev.runnel.testkit.Accounted;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Bytes in, text, bytes out. */
@Timeout(60)
@ExtendWith(Accounted.class)
class BytesTest {
  private final Context ctx = Context.background();

  @TempDir private Path dir;

  @Test
  void textIsDecodedAndSplitAsAReaderDoes() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String[] pieces = {"a", "\n", "\r", "\r\n", "é", "€", "😀", "bc"};
    for (int round = 0; round < 200; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      byte[] bytes = text.toString().getBytes(UTF_8);
      Pipeline<String> lines =
          Bytes.read(() -> new ByteArrayInputStream(bytes), 1 + random.nextInt(5))
              .via(Bytes::decodeUtf8)
              .via(Bytes::lines);
      assertThat(lines.toList(ctx))
          .as("seed %s", seed)
          .isEqualTo(new BufferedReader(new StringReader(text.toString())).lines().toList());
    }
  }

  @Test
  void whatIsNoUtf8IsAFailure() {
    for (byte[] broken : new byte[][] {{'a', (byte) 0xff}, {'a', (byte) 0xe2, (byte) 0x82}}) {
      assertThatExceptionOfType(PipelineException.class)
          .isThrownBy(() -> Pipeline.of(broken).via(Bytes::decodeUtf8).toList(ctx))
          .withCauseInstanceOf(MalformedInputException.class)
          .satisfies(e -> assertThat(e.stage()).isEqualTo("decodeUtf8 (2)"));
    }
  }

  @Test
  void aStreamIsClosedHoweverARunEnds() throws Exception {
    AtomicInteger closed = new AtomicInteger();
    Pipeline<byte[]> bytes =
        Bytes.read(
            () ->
                new ByteArrayInputStream(new byte[10]) {
                  @Override
                  public void close() {
                    closed.incrementAndGet();
                  }
                },
            3);
    assertThat(bytes.map(b -> b.length).toList(ctx)).containsExactly(3, 3, 3, 1);
    assertThat(bytes.take(1).count(ctx)).isEqualTo(1);
    assertThat(closed).hasValue(2);
    IOException failure = new IOException("read");
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() ->
            Bytes.read(() ->
                    new InputStream() {
                      @Override
                      public int read() throws IOException {
                        throw failure;
                      }

                      @Override
                      public int read(byte[] into, int from, int most) throws IOException {
                        throw failure;
                      }
                    })
                .run(ctx))
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure))
        .satisfies(e -> assertThat(e.stage()).isEqualTo("read (1)"));
  }

  @Test
  void bytesAreWritten() throws Exception {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    Pipeline<byte[]> bytes = Pipeline.of("ab", "c").map(s -> s.getBytes(UTF_8));
    Bytes.write(bytes, stream, ctx);
    assertThat(stream.toString(UTF_8)).isEqualTo("abc");
    Path file = dir.resolve("file");
    Bytes.write(bytes, file, ctx);
    assertThat(Files.readString(file)).isEqualTo("abc");
    assertThat(Bytes.read(file).via(Bytes::decodeUtf8).toList(ctx)).containsExactly("abc");
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> Bytes.write(bytes, dir.resolve("no/file"), ctx))
        .withCauseInstanceOf(NoSuchFileException.class);
    IOException failure = new IOException("write");
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw failure;
          }
        };
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> Bytes.write(bytes, failing, ctx))
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure))
        .satisfies(e -> assertThat(e.stage()).isEqualTo("write (3)"));
  }

  @Test
  void textIsEncodedThoughAPairIsSpread() throws Exception {
    String text = "a€😀";
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    Pipeline<String> chars =
        Pipeline.range(0, text.length())
            .map(i -> text.substring(i, i + 1))
            .prepend(Pipeline.of(""));
    Bytes.write(chars.via(Bytes::encodeUtf8), written, ctx);
    assertThat(written.toByteArray()).isEqualTo(text.getBytes(UTF_8));
    for (String broken : new String[] {"\ud83d", "\ude00", "\ud83da"}) {
      assertThatExceptionOfType(PipelineException.class)
          .isThrownBy(() -> Pipeline.of(broken).via(Bytes::encodeUtf8).run(ctx))
          .withCauseInstanceOf(MalformedInputException.class)
          .satisfies(e -> assertThat(e.stage()).startsWith("encodeUtf8 ("));
    }
  }

  @Test
  void otherCharacterSetsAreDecodedToo() throws Exception {
    byte[] bytes = "aé😀".getBytes(UTF_16);
    Pipeline<String> text =
        Bytes.read(() -> new ByteArrayInputStream(bytes), 1)
            .via(read -> Bytes.decode(read, UTF_16));
    assertThat(String.join("", text.toList(ctx))).isEqualTo("aé😀");
  }
}
