package dev.runnel.benchmarks.workload;

import java.lang.management.ManagementFactory;

/** The CPU time of this process, of all its threads, in user mode and in the kernel. */
final class ProcessTime {
  private static final com.sun.management.OperatingSystemMXBean SYSTEM =
      (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private ProcessTime() {}

  /** Nanoseconds since some moment. */
  static long nanos() {
    return SYSTEM.getProcessCpuTime();
  }
}
