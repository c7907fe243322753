package dev.runnel.testing.internal;

import dev.runnel.internal.channel.Ending;
import dev.runnel.internal.goroutine.Routine;
import dev.runnel.internal.hook.Choice;
import dev.runnel.internal.hook.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the goroutines of one schedule did, in the order they did it. Goroutines and things have
 * numbers of their own here, so that the same schedule has the same trace each time.
 */
public final class Trace {
  private static final StackWalker WALKER = StackWalker.getInstance();

  /** Packages of Runnel whose classes do operations for their caller, who is to be named. */
  private static final Set<String> OURS =
      Set.of(
          "dev.runnel",
          "dev.runnel.sync",
          "dev.runnel.time",
          "dev.runnel.pattern",
          "dev.runnel.pipeline",
          "dev.runnel.interop",
          "dev.runnel.spi");

  private final IdentityHashMap<Thread, String> goroutines = new IdentityHashMap<>();
  private final IdentityHashMap<Object, String> things = new IdentityHashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final IdentityHashMap<Thread, Step> last = new IdentityHashMap<>();

  /** What was done. It gets its words at the end: a goroutine is started before it is known. */
  private static final class Step {
    final Thread thread;
    final Op op;
    final Object target;
    final String site;

    /** What was sent, or what has been received, in words. */
    String value;

    /** What the winner of a select does, in words, and the channel it does that on. */
    String way = "";

    @Nullable Object chosen;

    Step(Thread thread, Op op, Object target, String value, String site) {
      this.thread = thread;
      this.op = op;
      this.target = target;
      this.value = value;
      this.site = site;
    }
  }

  /** Creates it empty. */
  public Trace() {}

  /** A goroutine has its number. */
  void started(Thread thread, int number) {
    String name = thread.getName();
    goroutines.put(thread, number + (name.isEmpty() ? "" : " \"" + name + "\""));
  }

  /** The current thread, which has the turn, is about to do something. */
  void add(Thread thread, Op op, Object target, @Nullable Object value) {
    Step step = new Step(thread, op, target, value == null ? "" : " <- " + value, site());
    steps.add(step);
    last.put(thread, step);
  }

  /** The last step of a goroutine has brought a value; null: nothing. */
  void received(Thread thread, @Nullable Object result) {
    Step step = last.get(thread);
    if (step != null) {
      step.value = " -> " + wordsFor(result);
    }
  }

  /** The select that is the last step of a goroutine has chosen; null: nothing. */
  void chosen(Thread thread, @Nullable Choice choice) {
    Step step = last.get(thread);
    if (step == null) {
      return;
    }
    if (choice == null) {
      step.value = ": nothing in time";
      return;
    }
    step.chosen = choice.on();
    step.value =
        switch (choice.way()) {
          case RECEIVE -> " -> " + wordsFor(choice.value());
          case SEND -> " <- " + wordsFor(choice.value());
          case AFTER, OTHERWISE -> "";
        };
    step.way = ": " + choice.way().name().toLowerCase(Locale.ROOT);
  }

  private static String wordsFor(@Nullable Object result) {
    if (result == null) {
      return "nothing";
    }
    if (result instanceof Ending end) {
      return end.cause() == null ? "closed" : "failed: " + end.cause();
    }
    return result.toString();
  }

  private String nameOf(Object target) {
    if (target instanceof Routine routine) {
      return goroutines.getOrDefault(routine.thread(), "goroutine \"" + routine.name() + "\"");
    }
    return things.computeIfAbsent(
        target,
        t -> {
          String kind = kindOf(t);
          return kind + " " + counts.merge(kind, 1, Integer::sum);
        });
  }

  private static String kindOf(Object target) {
    String simple = target.getClass().getSimpleName();
    return switch (simple) {
      case "Channel", "NilChannel" -> "chan";
      case "Selection" -> "select";
      case "CancelNode", "Plain", "WithValue" -> "context";
      case "Promise" -> "future";
      default -> simple.isEmpty() ? "thing" : simple;
    };
  }

  /** Where the user's code is; what is done by a goroutine of Runnel's own, where that is. */
  private static String site() {
    String users = firstSite(name -> !isPlumbing(name) && !OURS.contains(packageOf(name)));
    return users.isEmpty() ? firstSite(name -> !isPlumbing(name)) : users;
  }

  private static String firstSite(Predicate<String> classes) {
    return WALKER.walk(frames ->
        frames
            .filter(frame -> classes.test(frame.getClassName()))
            .findFirst()
            .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
            .orElse(""));
  }

  private static boolean isPlumbing(String name) {
    return name.startsWith("dev.runnel.internal.")
        || name.startsWith("dev.runnel.testing.internal.")
        || name.startsWith("java.")
        || name.startsWith("jdk.");
  }

  private static String packageOf(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  /**
   * What was done.
   *
   * @return a line for each operation
   */
  public List<String> lines() {
    return steps.stream().map(this::line).toList();
  }

  private String line(Step step) {
    String who = goroutines.getOrDefault(step.thread, "?");
    String what = step.op.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String on = step.op == Op.SLEEP || step.op == Op.SELECT ? "" : " " + nameOf(step.target);
    String chosen = step.chosen == null ? "" : " " + nameOf(step.chosen);
    return String.format(
            "%-12s %-28s %s", who, what + on + step.way + chosen + step.value, step.site)
        .stripTrailing();
  }
}
