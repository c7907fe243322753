package dev.runnel.benchmarks.contest;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the contestants run on. */
public final class Machine {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private Machine() {}

  /**
   * What it is.
   *
   * @return one line: processor, cores, memory, system, JVM
   * @throws IOException if the system's description of its processor can't be read
   */
  public static String described() throws IOException {
    return "%s, %d processors, %d GB, %s %s, %s %s"
        .formatted(
            processor(),
            Runtime.getRuntime().availableProcessors(),
            Math.round(SYSTEM.getTotalMemorySize() / 1e9),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.vendor"),
            Runtime.version());
  }

  /**
   * The load average of the last minute. A run adds about the number of processors to it; the rest
   * is others' work.
   *
   * @return the average, or "unknown"
   */
  public static String load() {
    double load = SYSTEM.getSystemLoadAverage();
    return load < 0 ? "unknown" : String.format(Locale.ROOT, "%.1f", load);
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      for (String line : Files.readAllLines(info)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    }
    return System.getProperty("os.arch");
  }
}
