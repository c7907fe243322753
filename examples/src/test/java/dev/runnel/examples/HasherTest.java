package dev.runnel.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.CancelContext;
import dev.runnel.CanceledException;
import dev.runnel.Context;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HasherTest {
  private static final Context BACKGROUND = Context.background();

  @TempDir private Path dir;
  private final LongAdder read = new LongAdder();
  private final Hasher hasher = new Hasher(read);

  @ParameterizedTest
  @CsvSource({
    "'',e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "abc,ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
  })
  void agreesWithTheStandard(String content, String sha256) throws Exception {
    assertThat(hexOf(hasher.hash(file(content.getBytes(US_ASCII)), BACKGROUND))).isEqualTo(sha256);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 65_535, 65_536, 65_537, 300_000})
  void readsFilesOfAnySizeToTheirEnd(int size) throws Exception {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    Outcome.Digested digested = (Outcome.Digested) hasher.hash(file(content), BACKGROUND);
    assertThat(digested.bytes()).isEqualTo(size);
    assertThat(read.sum()).isEqualTo(size);
    assertThat(hexOf(digested)).isEqualTo(Sha256.of(content));
  }

  @Test
  void aFileThatIsGoneIsUnreadable() throws Exception {
    Path gone = dir.resolve("gone");
    assertThat(hasher.hash(gone, BACKGROUND))
        .isInstanceOfSatisfying(
            Outcome.Unreadable.class,
            failed -> {
              assertThat(failed.file()).isEqualTo(gone);
              assertThat(failed.why()).isInstanceOf(NoSuchFileException.class);
            });
  }

  @Test
  void aLinkIsNotFollowed() throws Exception {
    Path link = Files.createSymbolicLink(dir.resolve("link"), file(new byte[1]));
    assertThat(hasher.hash(link, BACKGROUND)).isInstanceOf(Outcome.Unreadable.class);
    assertThat(read.sum()).isZero();
  }

  @Test
  void nothingOfAFileGivenUpStaysForTheNext() throws Exception {
    Path sparse = sparse();
    try (CancelContext ctx = BACKGROUND.withCancel()) {
      Goroutine canceller = Go.go(() -> cancelOnceReading(ctx));
      assertThatThrownBy(() -> hasher.hash(sparse, ctx)).isInstanceOf(CanceledException.class);
      canceller.join();
    }
    assertThat(hexOf(hasher.hash(file("abc".getBytes(US_ASCII)), BACKGROUND)))
        .isEqualTo(Sha256.of("abc".getBytes(US_ASCII)));
  }

  @Test
  void anEndedContextReadsNothing() throws Exception {
    Path file = file(new byte[10]);
    try (CancelContext ctx = BACKGROUND.withCancel()) {
      ctx.cancel();
      assertThatThrownBy(() -> hasher.hash(file, ctx)).isInstanceOf(CanceledException.class);
    }
    assertThat(read.sum()).isZero();
  }

  @Test
  void anInterruptIsNoUnreadableFile() throws Exception {
    Path file = file(new byte[10]);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> hasher.hash(file, BACKGROUND))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private void cancelOnceReading(CancelContext ctx) {
    while (read.sum() == 0) {
      Thread.onSpinWait();
    }
    ctx.cancel();
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(dir.resolve("file"), content);
  }

  /** So large that nobody reads it to its end before the test has timed out. */
  private Path sparse() throws IOException {
    Path sparse = dir.resolve("sparse");
    try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
      file.setLength(1L << 40);
    }
    return sparse;
  }

  private static String hexOf(Outcome outcome) {
    return HexFormat.of().formatHex(((Outcome.Digested) outcome).sha256());
  }
}
