package dev.runnel.benchmarks.workload;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * The CPU time of this process, of all its threads, in user mode and in the kernel.
 *
 * <p>It is POSIX's {@code clock_gettime}, which counts nanoseconds: {@code getProcessCpuTime}
 * counts clock ticks of ten milliseconds, too coarse for a channel that gets a message each
 * millisecond.
 */
final class ProcessTime {
  private static final int LINUX_PROCESS_CLOCK = 2;
  private static final int MACOS_PROCESS_CLOCK = 12;
  private static final long NANOS = 1_000_000_000;

  private static final com.sun.management.OperatingSystemMXBean SYSTEM =
      (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final int CLOCK = clock();
  private static final @Nullable MethodHandle CLOCK_GETTIME = clockGettime();

  private ProcessTime() {}

  /** Nanoseconds since some moment. */
  static long nanos() {
    if (CLOCK_GETTIME == null) {
      return SYSTEM.getProcessCpuTime();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(ValueLayout.JAVA_LONG, 2);
      int status = (int) CLOCK_GETTIME.invokeExact(CLOCK, time);
      if (status != 0) {
        throw new IllegalStateException("clock_gettime failed");
      }
      return time.getAtIndex(ValueLayout.JAVA_LONG, 0) * NANOS
          + time.getAtIndex(ValueLayout.JAVA_LONG, 1);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
  }

  private static int clock() {
    String system = System.getProperty("os.name", "");
    if (system.equals("Linux")) {
      return LINUX_PROCESS_CLOCK;
    }
    return system.startsWith("Mac") ? MACOS_PROCESS_CLOCK : -1;
  }

  @SuppressWarnings("restricted") // the signature is POSIX's
  private static @Nullable MethodHandle clockGettime() {
    Linker linker = Linker.nativeLinker();
    return CLOCK < 0
        ? null
        : linker
            .defaultLookup()
            .find("clock_gettime")
            .map(address ->
                linker.downcallHandle(
                    address,
                    FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS)))
            .orElse(null);
  }
}
