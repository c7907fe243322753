package dev.runnel.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.CancelContext;
import dev.runnel.CanceledException;
import dev.runnel.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  /** More than the channels hold together, so that everybody waits for everybody. */
  private static final int MANY = 700;

  /** The channels' capacity. */
  private static final int ROOM = 256;

  @TempDir private Path dir;
  private final LongAdder read = new LongAdder();
  private final List<Outcome> outcomes = new ArrayList<>();

  /** A way to digest. */
  interface Way {
    void digest(Path dir, LongAdder read, Context ctx, Consumer<Outcome> each) throws Exception;
  }

  private static Stream<Way> ways() {
    return Stream.of(Digest::sequential, parallel(1), parallel(2), parallel(16));
  }

  private static Way parallel(int workers) {
    return (dir, read, ctx, each) -> Digest.parallel(dir, workers, read, ctx, each);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void digestsEveryFileOnce(Way way) throws Exception {
    Map<Path, String> expected = new HashMap<>();
    Random random = new Random(1);
    long bytes = 0;
    for (int i = 0; i < MANY; i++) {
      byte[] content = new byte[i % 100 == 0 ? 200_000 : i];
      random.nextBytes(content);
      expected.put(file("d" + i % 7 + "/e" + i % 3 + "/" + i, content), Sha256.of(content));
      bytes += content.length;
    }
    way.digest(dir, read, Context.background(), outcomes::add);
    Map<Path, String> digests = new HashMap<>();
    for (Outcome outcome : outcomes) {
      Outcome.Digested digested = (Outcome.Digested) outcome;
      assertThat(digests.put(digested.file(), HexFormat.of().formatHex(digested.sha256())))
          .isNull();
    }
    assertThat(digests).isEqualTo(expected);
    assertThat(read.sum()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anEmptyTreeHasNoOutcome(Way way) throws Exception {
    way.digest(dir, read, Context.background(), outcomes::add);
    assertThat(outcomes).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whatCanNotBeReadIsAnOutcome(Way way) throws Exception {
    Path gone = dir.resolve("gone");
    way.digest(gone, read, Context.background(), outcomes::add);
    assertThat(outcomes)
        .singleElement()
        .isInstanceOf(Outcome.Unreadable.class)
        .extracting(Outcome::file)
        .isEqualTo(gone);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theCallingThreadCollects(Way way) throws Exception {
    file("file", new byte[1]);
    List<Thread> threads = new ArrayList<>();
    way.digest(dir, read, Context.background(), outcome -> threads.add(Thread.currentThread()));
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theEndOfTheContextEndsItAndWhatIsDoneCounts(Way way) throws Exception {
    manyFiles();
    try (CancelContext ctx = Context.background().withCancel()) {
      Consumer<Outcome> cancelAtTheThird =
          outcome -> {
            outcomes.add(outcome);
            if (outcomes.size() == 3) {
              ctx.cancel();
            }
          };
      assertThatThrownBy(() -> way.digest(dir, read, ctx, cancelAtTheThird))
          .isInstanceOf(CanceledException.class);
    }
    assertThat(outcomes.size()).isBetween(3, MANY - 1);
    assertThat(outcomes).allMatch(Outcome.Digested.class::isInstance);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void underAnEndedContextNothingIsRead(Way way) throws Exception {
    manyFiles();
    try (CancelContext ctx = Context.background().withCancel()) {
      ctx.cancel();
      assertThatThrownBy(() -> way.digest(dir, read, ctx, outcomes::add))
          .isInstanceOf(CanceledException.class);
    }
    assertThat(outcomes).isEmpty();
    assertThat(read.sum()).isZero();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anInterruptOfTheCallerEndsIt(Way way) throws Exception {
    manyFiles();
    Consumer<Outcome> interruptAtTheThird =
        outcome -> {
          outcomes.add(outcome);
          if (outcomes.size() == 3) {
            Thread.currentThread().interrupt();
          }
        };
    assertThatThrownBy(() -> way.digest(dir, read, Context.background(), interruptAtTheThird))
        .isInstanceOf(InterruptedException.class);
    assertThat(outcomes).hasSize(3);
    assertThat(outcomes).allMatch(Outcome.Digested.class::isInstance);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aFailureOfTheCollectorEndsIt(Way way) throws Exception {
    manyFiles();
    RuntimeException full = new IllegalStateException("full");
    assertThatThrownBy(() ->
            way.digest(
                dir,
                read,
                Context.background(),
                outcome -> {
                  throw full;
                }))
        .isSameAs(full);
  }

  /** Each file has one byte, so what has been read tells how far the workers have come. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void theWorkersWaitForTheCollector(int workers) throws Exception {
    manyFiles();
    int ahead = ROOM + workers;
    Digest.parallel(
        dir,
        workers,
        read,
        Context.background(),
        outcome -> {
          outcomes.add(outcome);
          long most = Math.min(MANY, outcomes.size() + ahead);
          while (read.sum() < most) {
            Thread.onSpinWait(); // until they wait
          }
          assertThat(read.sum()).isEqualTo(most);
        });
    assertThat(outcomes).hasSize(MANY);
  }

  @Test
  void nothingRunsOnAfterwards() throws Exception {
    manyFiles();
    try (CancelContext ctx = Context.background().withCancel()) {
      assertThatThrownBy(() -> Digest.parallel(dir, 8, read, ctx, outcome -> ctx.cancel()))
          .isInstanceOf(CanceledException.class);
    }
    long afterwards = read.sum();
    Digest.sequential(dir, new LongAdder(), Context.background(), outcomes::add); // time passes
    assertThat(read.sum()).isEqualTo(afterwards);
  }

  private void manyFiles() throws IOException {
    for (int i = 0; i < MANY; i++) {
      file("file" + i, new byte[1]);
    }
  }

  private Path file(String name, byte[] content) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }
}
