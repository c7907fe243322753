package dev.runnel.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;

/**
 * The bytes of a file name. Unix file names are bytes; Java decodes them for {@code toString}, and
 * what can't be decoded in the user's locale is lost there. It survives in the path's URI.
 */
final class RawName {
  private static final char UNDECODABLE = '\uFFFD';

  /** What Java decodes file names with. */
  private static final Charset CHARSET =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private RawName() {}

  /**
   * The bytes of a relative path.
   *
   * @param relative the path
   * @return its bytes as the file system has them
   */
  static byte[] of(Path relative) {
    String name = relative.toString();
    return name.indexOf(UNDECODABLE) < 0 ? name.getBytes(CHARSET) : fromUri(relative);
  }

  /** The URI escapes byte by byte. It must be absolute, so the path is put below the root. */
  private static byte[] fromUri(Path relative) {
    String uri = relative.getFileSystem().getPath("/").resolve(relative).toUri().getRawPath();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int end = uri.endsWith("/") ? uri.length() - 1 : uri.length(); // there if it is a directory
    for (int i = 1; i < end; i++) {
      if (uri.charAt(i) == '%') {
        bytes.write(Integer.parseInt(uri, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(uri.charAt(i));
      }
    }
    return bytes.toByteArray();
  }
}
