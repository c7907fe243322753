package dev.runnel.soak;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a soak has done so far. */
final class Score {
  /** The epochs of one mood. */
  private static final class Part {
    private int epochs;
    private long values;
    private long nanos;
  }

  private final long start = System.nanoTime();
  private long latest = start;
  private final Map<Plan.Mood, Part> parts = new EnumMap<>(Plan.Mood.class);
  private final Tally tally = new Tally();
  private long values;
  private long dropped;

  void add(Epoch epoch, long valuesOfIt) {
    long now = System.nanoTime();
    Part part = parts.computeIfAbsent(epoch.mood(), _ -> new Part());
    part.epochs++;
    part.values += valuesOfIt;
    part.nanos += now - latest;
    latest = now;
    tally.add(epoch.tally());
    values += valuesOfIt;
    dropped += epoch.dropped();
  }

  /** How long it has taken. */
  long nanos() {
    return System.nanoTime() - start;
  }

  private static long perSecond(long count, long nanos) {
    return (long) (count / Math.max(1e-9, nanos / 1e9));
  }

  private int epochs() {
    return parts.values().stream().mapToInt(part -> part.epochs).sum();
  }

  private static long cpuSeconds() {
    return TimeUnit.NANOSECONDS.toSeconds(
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
  }

  private static long heapMegabytes() {
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }

  /** One line of progress. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d s: %,d epochs, %,d values, %,d/s, CPU %,d s, heap %,d MB",
        TimeUnit.NANOSECONDS.toSeconds(nanos()),
        epochs(),
        values,
        perSecond(values, nanos()),
        cpuSeconds(),
        heapMegabytes());
  }

  /** Everything, at the end. */
  String summary() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%n%,d values moved and %,d dropped by policy, in %,d s: %,d values/s, CPU %,d s%n%d epochs:",
            values,
            dropped,
            TimeUnit.NANOSECONDS.toSeconds(nanos()),
            perSecond(values, nanos()),
            cpuSeconds(),
            epochs()));
    parts.forEach((mood, part) ->
        text.append(
            String.format(
                Locale.ROOT,
                "%n  %,15d  %s, with %,d values, %,d values/s",
                part.epochs,
                mood.name().toLowerCase(Locale.ROOT),
                part.values,
                perSecond(part.values, part.nanos))));
    return text.append(String.format("%noperations, and what cut them short:%s", tally)).toString();
  }
}
