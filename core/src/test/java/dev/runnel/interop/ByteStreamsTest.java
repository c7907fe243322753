package dev.runnel.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runnel.Chan;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ErrGroup;
import dev.runnel.pattern.Feed;
import dev.runnel.pattern.Generators;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Goroutines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Channels of bytes as streams and the other way round. */
@Timeout(60)
@ExtendWith(Accounted.class)
class ByteStreamsTest {
  private final Context ctx = Context.background();
  private final Chan<byte[]> chunks = Chan.buffered(10);

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void anInputStreamReadsWhatIsReceived() throws Exception {
    chunks.send(bytes("ab"));
    chunks.send(bytes(""));
    chunks.send(bytes("cde\u00ff"));
    chunks.close();
    InputStream in = ByteStreams.input(chunks);
    assertThat(in.available()).isZero();
    assertThat(in.read()).isEqualTo('a');
    assertThat(in.available()).isEqualTo(1);
    byte[] into = new byte[8];
    assertThat(in.read(into, 1, 0)).isZero();
    assertThat(in.read(into, 1, 7)).as("what is there, without waiting").isEqualTo(1);
    assertThat(into[1]).isEqualTo((byte) 'b');
    assertThat(in.readAllBytes()).isEqualTo(bytes("cde\u00ff"));
    assertThat(in.read()).isEqualTo(-1);
    assertThat(in.read(into)).isEqualTo(-1);
    in.close();
    assertThatIOException().isThrownBy(in::read);
    assertThatIOException().isThrownBy(in::available);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> in.read(into, 1, 8));
  }

  @Test
  void aFailedChannelIsNotTheEndOfTheStream() throws Exception {
    Exception cause = new Exception("broken");
    chunks.send(bytes("a"));
    chunks.fail(cause);
    InputStream in = ByteStreams.input(chunks);
    assertThat(in.read()).isEqualTo('a');
    assertThatIOException().isThrownBy(in::read).withCause(cause);
  }

  @Test
  void anInterruptEndsReadingAndWriting() throws Exception {
    InputStream in = ByteStreams.input(chunks);
    Actor reader =
        Actor.Kind.VIRTUAL.start(() -> {
          try {
            in.read();
          } finally {
            assertThat(Thread.interrupted()).as("the flag").isTrue();
          }
        });
    reader.awaitWaiting().interrupt();
    assertThat(reader.joinForFailure()).isInstanceOf(InterruptedIOException.class);
    OutputStream out = ByteStreams.output(Chan.unbuffered(), 1);
    Actor writer =
        Actor.Kind.PLATFORM.start(() -> {
          try {
            out.write(bytes("abc"));
          } finally {
            assertThat(Thread.interrupted()).as("the flag").isTrue();
          }
        });
    writer.awaitWaiting().interrupt();
    assertThat(writer.joinForFailure()).isInstanceOf(InterruptedIOException.class);
  }

  @Test
  void closingAnInputStreamStopsTheFeedBehindIt() throws Exception {
    Feed<byte[]> endless =
        Generators.produce(
            ctx,
            out -> {
              while (true) {
                out.send(bytes("x"));
              }
            });
    try (InputStream in = ByteStreams.input(endless)) {
      assertThat(in.readNBytes(3)).isEqualTo(bytes("xxx"));
    }
    Goroutines.awaitNoOthers();
  }

  @Test
  void anOutputStreamSendsByChunks() throws Exception {
    OutputStream out = ByteStreams.output(chunks, 4);
    out.write('a');
    out.write(bytes("bcdefg"));
    assertThat(chunks.length()).isEqualTo(1);
    out.flush();
    out.flush();
    out.write(bytes("hijk"));
    out.close();
    out.close();
    assertThat(chunks.stream().map(chunk -> new String(chunk, UTF_8)))
        .containsExactly("abcd", "efg", "hijk");
    assertThatIOException().isThrownBy(() -> out.write('z'));
    assertThatIOException().isThrownBy(out::flush);
    assertThatIllegalArgumentException().isThrownBy(() -> ByteStreams.output(chunks, 0));
  }

  @Test
  void writingToAnEndedChannelFails() throws Exception {
    OutputStream out = ByteStreams.output(chunks, 2);
    out.write('a');
    chunks.close();
    assertThatIOException().isThrownBy(out::flush);
    assertThatIOException().isThrownBy(out::close);

    OutputStream empty = ByteStreams.output(chunks, 2);
    empty.close();
  }

  @Test
  void bytesThatAreNotCompleteDoNotLookSo() throws Exception {
    Chan<byte[]> full = Chan.unbuffered();
    OutputStream out = ByteStreams.output(full, 2);
    out.write('a');
    Actor closing = Actor.Kind.VIRTUAL.start(out::close).awaitWaiting();
    closing.interrupt();
    assertThat(closing.joinForFailure()).isInstanceOf(InterruptedIOException.class);
    assertThatExceptionOfType(ChannelFailedException.class).isThrownBy(full::receive);
  }

  @Test
  void anInputStreamIsReadIntoAFeedAndClosed() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream stream =
        new ByteArrayInputStream(bytes("abcde")) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    Feed<byte[]> feed = ByteStreams.receive(stream, 2, ctx);
    assertThat(feed.stream().map(chunk -> new String(chunk, UTF_8)))
        .containsExactly("ab", "cd", "e");
    assertThat(closed).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> ByteStreams.receive(stream, 0, ctx));
    InputStream broken = InputStream.nullInputStream();
    broken.close(); // it throws when it is read from now on
    Feed<byte[]> failing = ByteStreams.receive(broken, 2, ctx);
    assertThatExceptionOfType(ChannelFailedException.class)
        .isThrownBy(failing::receive)
        .withCauseInstanceOf(IOException.class);
  }

  @Test
  void whatIsWrittenThroughForeignStreamsIsWhatIsRead() throws Exception {
    byte[] data = new byte[1_000_000];
    new Random(42).nextBytes(data);
    Chan<byte[]> wire = Chan.buffered(2);
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    try (ErrGroup group = ErrGroup.open()) {
      group.go(() -> {
        try (OutputStream out = new GZIPOutputStream(ByteStreams.output(wire, 1000))) {
          out.write(data);
        }
      });
      group.go(() -> {
        try (InputStream in = new GZIPInputStream(ByteStreams.input(wire))) {
          in.transferTo(got);
        }
      });
      group.await();
    }
    assertThat(got.toByteArray()).isEqualTo(data);
  }
}
