package dev.runnel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes digests as one JSON array, an object a line: {@code {"path": "a", "bytes": 1, "sha256":
 * "..."}}. JSON is Unicode: what is not UTF-8 in a path becomes U+FFFD.
 */
final class Json implements Format {

  @Override
  public void write(List<Sum> sums, OutputStream out) throws IOException {
    String before = "[\n";
    for (Sum sum : sums) {
      out.write((before + object(sum)).getBytes(UTF_8));
      before = ",\n";
    }
    out.write((sums.isEmpty() ? "[]\n" : "\n]\n").getBytes(UTF_8));
  }

  private static String object(Sum sum) {
    return "{\"path\": %s, \"bytes\": %d, \"sha256\": \"%s\"}"
        .formatted(
            string(new String(sum.path(), UTF_8)),
            sum.bytes(),
            HexFormat.of().formatHex(sum.sha256()));
  }

  private static String string(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
