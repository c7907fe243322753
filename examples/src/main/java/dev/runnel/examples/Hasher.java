package dev.runnel.examples;

import dev.runnel.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.LongAdder;

/** Hashes files with SHA-256, one after the other, through one small buffer: for one goroutine. */
final class Hasher {
  private final byte[] buffer = new byte[64 * 1024];
  private final MessageDigest sha256 = newSha256();
  private final LongAdder read;

  /**
   * Creates a hasher.
   *
   * @param read counts the bytes as they are read
   */
  Hasher(LongAdder read) {
    this.read = read;
  }

  /**
   * Hashes a file.
   *
   * @param file the file; a symbolic link is not followed
   * @param ctx ends the work between two buffers
   * @return its digest, or why it can't be read
   * @throws dev.runnel.ContextException if the context has ended or ends
   * @throws InterruptedException if the thread is interrupted
   */
  Outcome hash(Path file, Context ctx) throws InterruptedException {
    long bytes = 0;
    sha256.reset();
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      check(ctx);
      for (int n; (n = in.read(buffer)) >= 0; bytes += n) {
        sha256.update(buffer, 0, n);
        read.add(n);
        check(ctx);
      }
      return new Outcome.Digested(file, bytes, sha256.digest());
    } catch (IOException e) {
      return new Outcome.Unreadable(file, e);
    }
  }

  /** Reading a file takes no notice of an interrupt. */
  private static void check(Context ctx) throws InterruptedException {
    ctx.check();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
