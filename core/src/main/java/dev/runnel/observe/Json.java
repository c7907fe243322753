package dev.runnel.observe;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes snapshots as JSON. */
final class Json {

  private Json() {}

  static String of(GoroutineSnapshot g) {
    return "{\"id\":"
        + g.id()
        + ",\"name\":"
        + string(g.name())
        + ",\"state\":"
        + string(g.state())
        + ",\"blockedOn\":"
        + string(g.blockedOn())
        + ",\"heldBy\":"
        + g.heldBy()
        + ",\"waited\":"
        + (g.waited() == null ? "null" : Long.toString(g.waited().toNanos()))
        + ",\"stack\":"
        + frames(g.stack())
        + ",\"createdBy\":"
        + g.createdBy()
        + ",\"createdAt\":"
        + string(g.createdAt())
        + "}";
  }

  private static String frames(List<StackTraceElement> stack) {
    return stack.stream().map(Json::string).collect(Collectors.joining(",", "[", "]"));
  }

  private static String string(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    String plain = value.toString();
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        default -> {
          if (c < ' ' || Character.isSurrogate(c)) {
            quoted.append(String.format("\\u%04x", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
