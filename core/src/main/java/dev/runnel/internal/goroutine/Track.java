package dev.runnel.internal.goroutine;

import java.lang.StackWalker.StackFrame;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is noted of a tracked goroutine: where it comes from, and since when it waits. It outlives
 * the goroutine where that is collected by the garbage collector in the middle of a wait.
 */
public final class Track extends WeakReference<Routine> {
  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  /** Where goroutines are started on behalf of a caller, who is meant. */
  private static final List<String> STARTERS =
      List.of(
          "dev.runnel.internal.",
          "dev.runnel.Go.",
          "dev.runnel.ErrGroup.",
          "dev.runnel.sync.WaitGroup.",
          "dev.runnel.sync.SingleFlight.",
          "dev.runnel.time.Timer.",
          "dev.runnel.pattern.Production.");

  /** Whether a class is one of those: names are compared once. */
  private static final ClassValue<Boolean> IS_STARTER =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          // a dot behind it, so that a prefix can name a class or a package
          String name = type.getName().replace('$', '.') + ".";
          return STARTERS.stream().anyMatch(name::startsWith);
        }
      };

  private final long id;
  private final String name;
  private final long parent;

  /** Which line that is must be looked up, which takes long: only if it is asked for. */
  private final @Nullable StackFrame site;

  private volatile long since;
  private volatile @Nullable LastSight lastSight;

  /**
   * Where a goroutine was seen asleep. It must not refer to what it waits for: that refers to it.
   *
   * @param reason why it waits, in words
   * @param blocker what it waits for, in words
   * @param stack where it waits
   * @param since since when, by {@link System#nanoTime}
   */
  public record LastSight(
      String reason, String blocker, List<StackTraceElement> stack, long since) {}

  Track(Routine routine, ReferenceQueue<Routine> collected) {
    super(routine, collected);
    this.id = routine.id();
    this.name = routine.name();
    this.parent = Thread.currentThread().threadId();
    this.site = WALKER.walk(Track::site);
  }

  private static @Nullable StackFrame site(Stream<StackFrame> frames) {
    return frames
        .filter(frame -> !IS_STARTER.get(frame.getDeclaringClass()))
        .findFirst()
        .orElse(null);
  }

  /** The goroutine's number. */
  public long id() {
    return id;
  }

  /** The goroutine's name. */
  public String name() {
    return name;
  }

  /** The number of the thread that started it. */
  public long parent() {
    return parent;
  }

  /** Where it was started; null if that is not known. */
  public @Nullable StackTraceElement site() {
    return site == null ? null : site.toStackTraceElement();
  }

  /** Since when its current or last wait lasts, by {@link System#nanoTime}. */
  public long since() {
    return since;
  }

  void waitsFrom(long nanoTime) {
    since = nanoTime;
  }

  /** Where it was last seen asleep; null if it has not been. */
  public @Nullable LastSight lastSight() {
    return lastSight;
  }

  /**
   * Notes where it was seen asleep.
   *
   * @param sight what was seen
   */
  public void lastSight(LastSight sight) {
    lastSight = sight;
  }
}
