package dev.runnel.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes digests byte for byte as {@code sha256sum} does: the digest, two spaces, the path. If the
 * path has a backslash, a newline or a carriage return, these are escaped, and the line begins with
 * a backslash.
 */
final class Checksums implements Format {

  @Override
  public void write(List<Sum> sums, OutputStream out) throws IOException {
    for (Sum sum : sums) {
      if (needsEscape(sum.path())) {
        out.write('\\');
      }
      out.write(HexFormat.of().formatHex(sum.sha256()).getBytes(US_ASCII));
      out.write(' ');
      out.write(' ');
      for (byte b : sum.path()) {
        write(b, out);
      }
      out.write('\n');
    }
  }

  private static boolean needsEscape(byte[] path) {
    for (byte b : path) {
      if (b == '\\' || b == '\n' || b == '\r') {
        return true;
      }
    }
    return false;
  }

  private static void write(byte b, OutputStream out) throws IOException {
    switch (b) {
      case '\\' -> out.write(new byte[] {'\\', '\\'});
      case '\n' -> out.write(new byte[] {'\\', 'n'});
      case '\r' -> out.write(new byte[] {'\\', 'r'});
      default -> out.write(b);
    }
  }
}
