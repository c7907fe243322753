package dev.runnel.examples;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What became of one file. A file that can't be read is a result like any other, not a failure of
 * the whole.
 */
public sealed interface Outcome {

  /**
   * The file, or the directory that could not be listed.
   *
   * @return its path, which begins with that of the tree
   */
  Path file();

  /**
   * The file was read to its end.
   *
   * @param file the file
   * @param bytes how many bytes it has
   * @param sha256 the digest of its content, 32 bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares outcomes
  record Digested(Path file, long bytes, byte[] sha256) implements Outcome {}

  /**
   * The file or directory could not be read.
   *
   * @param file the file or directory
   * @param why what went wrong
   */
  record Unreadable(Path file, IOException why) implements Outcome {}
}
