package dev.runnel.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.CancelContext;
import dev.runnel.CanceledException;
import dev.runnel.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalkTest {
  @TempDir private Path dir;
  private final List<Path> found = new ArrayList<>();
  private final List<Outcome> unreadable = new ArrayList<>();

  @Test
  void findsRegularFilesAtEveryDepth() throws Exception {
    Path one = file("one");
    Path two = file("a/two");
    Path three = file("a/b/c/three");
    Path hidden = file(".d/.hidden");
    Files.createDirectory(dir.resolve("empty"));
    walk(dir);
    assertThat(found).containsExactlyInAnyOrder(one, two, three, hidden);
    assertThat(unreadable).isEmpty();
  }

  @Test
  void theFilesOfADirectoryComeBeforeThoseBelow() throws Exception {
    for (int i = 0; i < 10; i++) {
      file("d" + i + "/below");
      file("file" + i);
    }
    walk(dir);
    assertThat(found).hasSize(20);
    assertThat(found.subList(0, 10)).allMatch(file -> dir.equals(file.getParent()));
  }

  @Test
  void anEmptyDirectoryHasNothing() throws Exception {
    walk(dir);
    assertThat(found).isEmpty();
    assertThat(unreadable).isEmpty();
  }

  @Test
  void whatIsNoRegularFileIsPassedByInSilence() throws Exception {
    Path file = file("sub/file");
    Files.createSymbolicLink(dir.resolve("to-file"), file);
    Files.createSymbolicLink(dir.resolve("to-dir"), dir.resolve("sub"));
    Files.createSymbolicLink(dir.resolve("to-nothing"), dir.resolve("nothing"));
    Files.createSymbolicLink(dir.resolve("sub/to-itself"), dir);
    makeFifo(dir.resolve("fifo"));
    try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(dir.resolve("socket")));
      walk(dir);
    }
    assertThat(found).containsExactly(file);
    assertThat(unreadable).isEmpty();
  }

  @Test
  void theRootMayBeALink() throws Exception {
    file("real/file");
    Path link = Files.createSymbolicLink(dir.resolve("link"), dir.resolve("real"));
    walk(link);
    assertThat(found).containsExactly(link.resolve("file"));
  }

  @Test
  void aTreeMayBeDeep() throws Exception {
    Path deepest = file("d/".repeat(200) + "file");
    walk(dir);
    assertThat(found).containsExactly(deepest);
  }

  @Test
  void aDirectoryThatVanishesIsReportedAndTheRestFound() throws Exception {
    Path gone = Files.createDirectory(dir.resolve("gone"));
    file("file");
    file("sub/file");
    Walk.files(
        dir,
        Context.background(),
        file -> {
          found.add(file);
          delete(gone); // its name is known by now, as the system lists many at once
        },
        unreadable::add);
    assertThat(found).hasSize(2);
    assertUnreadable(gone, NoSuchFileException.class);
  }

  @Test
  void aRootThatVanishedIsReported() throws Exception {
    Path gone = dir.resolve("gone");
    walk(gone);
    assertUnreadable(gone, NoSuchFileException.class);
  }

  @Test
  void aFileThatVanishesBeforeItIsLookedAtIsReported() throws Exception {
    List<Path> both = List.of(file("one"), file("two"));
    Walk.files(
        dir,
        Context.background(),
        file -> {
          found.add(file);
          both.stream().filter(other -> !other.equals(file)).forEach(WalkTest::delete);
        },
        unreadable::add);
    assertThat(found).hasSize(1);
    assertUnreadable(both.get(1 - both.indexOf(found.getFirst())), NoSuchFileException.class);
  }

  @Test
  void theEndOfTheContextEndsTheWalk() throws Exception {
    for (int i = 0; i < 10; i++) {
      file("file" + i);
    }
    try (CancelContext ctx = Context.background().withCancel()) {
      assertThatThrownBy(() ->
              Walk.files(
                  dir,
                  ctx,
                  file -> {
                    found.add(file);
                    ctx.cancel();
                  },
                  unreadable::add))
          .isInstanceOf(CanceledException.class);
    }
    assertThat(found).hasSize(1);
    assertThat(unreadable).isEmpty();
  }

  private void walk(Path root) throws InterruptedException {
    Walk.files(root, Context.background(), found::add, unreadable::add);
  }

  private void assertUnreadable(Path what, Class<? extends IOException> why) {
    assertThat(unreadable)
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.Unreadable.class,
            failed -> {
              assertThat(failed.file()).isEqualTo(what);
              assertThat(failed.why()).isInstanceOf(why);
            });
  }

  private Path file(String name) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Java can't. */
  private static void makeFifo(Path path) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor())
        .isZero();
  }
}
