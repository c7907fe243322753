package dev.runnel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A tree of files for a test. Each file's content is its name. */
final class Tree {
  private final Path dir;

  Tree(Path dir) {
    this.dir = dir;
  }

  /** Creates files in UTF-8, whatever the locale of this process. */
  Tree with(String... names) throws IOException {
    for (String name : names) {
      with(name.getBytes(UTF_8));
    }
    return this;
  }

  /** Creates a file whose name is no text. Only a URI can tell Java of it. */
  Tree with(byte[] name) throws IOException {
    StringBuilder uri = new StringBuilder(dir.toUri().toString());
    for (byte b : name) {
      uri.append(b == '/' ? "/" : "%%%02X".formatted(b & 0xff));
    }
    Path file = Path.of(URI.create(uri.toString()));
    Files.createDirectories(file.getParent());
    Files.write(file, name);
    return this;
  }

  /** What sha256sum prints for such a file, if nothing in its name is escaped. */
  static String line(String name) {
    return sha256(name.getBytes(UTF_8)) + "  " + name + "\n";
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
