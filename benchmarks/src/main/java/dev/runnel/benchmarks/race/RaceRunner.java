package dev.runnel.benchmarks.race;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs one program in this process, with or without the detector, and prints its reading. */
public final class RaceRunner {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private RaceRunner() {}

  /**
   * Runs it.
   *
   * @param args program, milliseconds of processor time to warm up, and to measure
   * @throws Exception if the program fails
   */
  public static void main(String[] args) throws Exception {
    try (Load load = Program.named(args[0]).begin().call()) {
      System.out.println(measure(load, nanos(args[1]), nanos(args[2])));
    }
  }

  private static long nanos(String millis) {
    return Long.parseLong(millis) * 1_000_000;
  }

  private static Reading measure(Load load, long warmUp, long measured) throws Exception {
    long _ = pieces(load, warmUp);
    long cpu = SYSTEM.getProcessCpuTime();
    long begin = System.nanoTime();
    double pieces = pieces(load, measured);
    double wall = System.nanoTime() - begin;
    cpu = SYSTEM.getProcessCpuTime() - cpu;
    double resident = resident();
    System.gc();
    long live = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    return new Reading(wall / pieces, cpu / pieces, resident, live);
  }

  /** Does whole pieces until so much processor time is used, as others may use the most of it. */
  private static long pieces(Load load, long nanos) throws Exception {
    long begin = SYSTEM.getProcessCpuTime();
    long done = 0;
    do {
      load.piece();
      done++;
    } while (SYSTEM.getProcessCpuTime() - begin < nanos);
    return done;
  }

  /** The most memory that this process has had. */
  private static double resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.isReadable(status)) {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM:")) {
          return Double.parseDouble(line.replaceAll("\\D", "")) * 1024;
        }
      }
    }
    return Double.NaN;
  }
}
