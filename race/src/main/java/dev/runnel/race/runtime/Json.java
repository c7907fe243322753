package dev.runnel.race.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Races as JSON, for machines: one array of objects. */
final class Json {
  private Json() {}

  static String of(List<Race> races) {
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < races.size(); i++) {
      Race race = races.get(i);
      out.append(i == 0 ? "\n" : ",\n").append("{\"variable\": ");
      string(out, race.variable());
      if (!race.what().isEmpty()) {
        out.append(",\n \"what\": ");
        string(out, race.what());
      }
      out.append(",\n \"now\": ");
      access(out, race.now());
      out.append(",\n \"before\": ");
      access(out, race.before());
      out.append('}');
    }
    return out.append(races.isEmpty() ? "]\n" : "\n]\n").toString();
  }

  private static void access(StringBuilder out, Race.Access access) {
    out.append("{\"kind\": \"").append(access.kind()).append("\",\n  \"thread\": ");
    thread(out, access.thread());
    out.append(",\n  \"stack\": ");
    stack(out, access.stack(), "\n   ");
    out.append('}');
  }

  private static void thread(StringBuilder out, @Nullable ThreadInfo thread) {
    if (thread == null) {
      out.append("null");
      return;
    }
    out.append("{\"kind\": \"").append(thread.kind()).append("\", \"id\": ").append(thread.id());
    out.append(", \"name\": ");
    string(out, thread.name());
    out.append(", \"finished\": ").append(thread.isFinished());
    out.append(",\n   \"createdBy\": ");
    string(out, thread.creator());
    out.append(",\n   \"createdAt\": ");
    stack(out, thread.createdAt(), "\n    ");
    out.append('}');
  }

  private static void stack(StringBuilder out, List<StackTraceElement> stack, String newLine) {
    out.append('[');
    for (int i = 0; i < stack.size(); i++) {
      StackTraceElement frame = stack.get(i);
      out.append(i == 0 ? "" : ",").append(newLine).append("{\"class\": ");
      string(out, frame.getClassName());
      out.append(", \"method\": ");
      string(out, frame.getMethodName());
      out.append(", \"file\": ");
      string(out, frame.getFileName());
      out.append(", \"line\": ").append(frame.getLineNumber()).append('}');
    }
    out.append(']');
  }

  private static void string(StringBuilder out, @Nullable String text) {
    if (text == null) {
      out.append("null");
      return;
    }
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        out.append("\\u").append(String.format("%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
