package dev.runnel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A regular file whose path is longer than the system takes (4,096 bytes on Linux), so that nobody
 * can read it, root included. It comes about by renaming a directory above it, and goes back before
 * the temporary directory is cleared away.
 */
final class LongPath implements AutoCloseable {
  private static final int LIMIT = 4_096;
  private static final int LONGEST_NAME = 255;

  private final Path before;
  private final Path after;
  private final Path file;

  private LongPath(Path before, Path after, Path file) {
    this.before = before;
    this.after = after;
    this.file = file;
  }

  /** Makes one; the directory that it is in can just be listed. */
  static LongPath below(Path dir) throws IOException {
    Path before = dir.resolve("x");
    Path after = dir.resolve("x".repeat(LONGEST_NAME));
    Path name = Path.of("f".repeat(LONGEST_NAME));
    StringBuilder steps = new StringBuilder();
    while (after.toString().length() + steps.length() + 20 < LIMIT) {
      steps.append("/123456789");
    }
    Path folder = Files.createDirectories(Path.of(before.toString() + steps));
    Files.createFile(folder.resolve(name));
    Files.move(before, after);
    return new LongPath(before, after, Path.of(after.toString() + steps).resolve(name));
  }

  Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    Files.move(after, before);
  }
}
