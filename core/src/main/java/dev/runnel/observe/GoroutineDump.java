package dev.runnel.observe;

import dev.runnel.Goroutine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What goroutines did when the dump was taken.
 *
 * @param goroutines the goroutines, the oldest first
 */
public record GoroutineDump(List<GoroutineSnapshot> goroutines) {

  /** What makes goroutines alike: the same state, stack and origin. */
  private record Likeness(String state, List<StackTraceElement> stack, String createdAt) {

    static Likeness of(GoroutineSnapshot g) {
      return new Likeness(g.state(), g.stack(), String.valueOf(g.createdAt()));
    }
  }

  /**
   * Takes a dump of some goroutines.
   *
   * @param goroutines the goroutines
   * @return what they do now
   */
  public static GoroutineDump of(Collection<? extends Goroutine> goroutines) {
    return new GoroutineDump(goroutines.stream().map(GoroutineSnapshot::of).toList());
  }

  /**
   * The dump in the form of Go's. Goroutines that are alike in all but their number stand together.
   *
   * <pre>
   * goroutine 17 "reader" [chan receive on channel 3, 2 minutes]:
   *     shop.Orders.read(Orders.java:41)
   * created by goroutine 1 at shop.Main.main(Main.java:12)
   * </pre>
   *
   * @return the text
   */
  @Override
  public String toString() {
    Map<Likeness, List<GoroutineSnapshot>> groups = new LinkedHashMap<>();
    for (GoroutineSnapshot g : goroutines) {
      groups.computeIfAbsent(Likeness.of(g), _ -> new ArrayList<>()).add(g);
    }
    return groups.values().stream().map(GoroutineDump::text).collect(Collectors.joining("\n"));
  }

  private static String text(List<GoroutineSnapshot> alike) {
    GoroutineSnapshot first = alike.getFirst();
    StringBuilder text = new StringBuilder();
    if (alike.size() == 1) {
      text.append("goroutine ").append(label(first));
    } else {
      text.append(alike.size()).append(" goroutines [").append(first.state()).append("]: ");
      text.append(alike.stream().map(GoroutineDump::numbered).collect(Collectors.joining(", ")));
    }
    text.append('\n');
    for (StackTraceElement frame : first.stack()) {
      text.append("    ").append(frame).append('\n');
    }
    if (first.createdAt() != null) {
      text.append("created by goroutine ").append(first.createdBy());
      text.append(" at ").append(first.createdAt()).append('\n');
    }
    return text.toString();
  }

  private static String label(GoroutineSnapshot g) {
    String on = g.blockedOn() == null ? "" : " on " + g.blockedOn();
    String held = g.heldBy() == 0 ? "" : " held by goroutine " + g.heldBy();
    return numbered(g) + " [" + g.state() + on + held + waited(g.waited()) + "]:";
  }

  private static String numbered(GoroutineSnapshot g) {
    return g.name().equals("goroutine-" + g.id()) ? "" + g.id() : g.id() + " \"" + g.name() + "\"";
  }

  /** As Go: only from a minute on. */
  private static String waited(@Nullable Duration waited) {
    long minutes = waited == null ? 0 : waited.toMinutes();
    return minutes == 0 ? "" : ", " + minutes + (minutes == 1 ? " minute" : " minutes");
  }

  /**
   * The dump as JSON: an array of objects with the members of {@link GoroutineSnapshot}, {@code
   * waited} in nanoseconds.
   *
   * @return the text
   */
  public String toJson() {
    return goroutines.stream().map(Json::of).collect(Collectors.joining(",\n", "[", "]"));
  }
}
