package dev.runnel.soak;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a soak has done so far. */
final class Score {
  private final long start = System.nanoTime();
  private final Map<Plan.Mood, Integer> epochs = new EnumMap<>(Plan.Mood.class);
  private final Tally tally = new Tally();
  private long values;
  private long dropped;

  void add(Epoch epoch, long valuesOfIt) {
    epochs.merge(epoch.mood(), 1, Integer::sum);
    tally.add(epoch.tally());
    values += valuesOfIt;
    dropped += epoch.dropped();
  }

  /** How long it has taken. */
  long nanos() {
    return System.nanoTime() - start;
  }

  private long perSecond() {
    return (long) (values / Math.max(1e-9, nanos() / 1e9));
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
        epochs.values().stream().mapToInt(Integer::intValue).sum(),
        values,
        perSecond(),
        cpuSeconds(),
        heapMegabytes());
  }

  /** Everything, at the end. */
  String summary() {
    return String.format(
        Locale.ROOT,
        "%n%,d values moved and %,d dropped by policy, in %,d s: %,d values/s, CPU %,d s%n"
            + "epochs: %s%noperations and what cut them short:%s",
        values,
        dropped,
        TimeUnit.NANOSECONDS.toSeconds(nanos()),
        perSecond(),
        cpuSeconds(),
        epochs,
        tally);
  }
}
