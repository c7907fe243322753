package dev.runnel.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.testkit.Accounted;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the snippets of the guide use, and what they have shown. */
@Timeout(60)
@ExtendWith(Accounted.class)
abstract class Page {
  private final Queue<String> printed = new ConcurrentLinkedQueue<>();

  final void print(Object value) {
    printed.add(String.valueOf(value));
  }

  /** Asserts what has been printed, in this order. */
  final void assertPrinted(Object... expected) {
    assertThat(printed).containsExactly(strings(expected));
  }

  /** Asserts what has been printed, in any order. */
  final void assertPrintedInAnyOrder(Object... expected) {
    assertThat(printed).containsExactlyInAnyOrder(strings(expected));
  }

  final int printedLines() {
    return printed.size();
  }

  private static String[] strings(Object... values) {
    String[] strings = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      strings[i] = String.valueOf(values[i]);
    }
    return strings;
  }

  /** Work that may fail, and takes no time worth mentioning. */
  static String fetch(String url) throws IOException {
    if (url.isEmpty()) {
      throw new IOException("no address");
    }
    return "<" + url + ">";
  }
}
