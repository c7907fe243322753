package dev.runnel.cli;

import java.util.Arrays;

/** The digest of one file: all that is kept of it. Sorts by path as {@code LC_ALL=C sort} does. */
final class Sum implements Comparable<Sum> {
  private final byte[] path;
  private final byte[] sha256;
  private final long bytes;

  /**
   * Creates a sum.
   *
   * @param path the file's path below the tree, as the file system has it
   * @param sha256 the digest
   * @param bytes how long the file is
   */
  Sum(byte[] path, byte[] sha256, long bytes) {
    this.path = path;
    this.sha256 = sha256;
    this.bytes = bytes;
  }

  byte[] path() {
    return path;
  }

  byte[] sha256() {
    return sha256;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public int compareTo(Sum other) {
    return Arrays.compareUnsigned(path, other.path);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Sum other && Arrays.equals(path, other.path);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(path);
  }
}
