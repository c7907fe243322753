package dev.runnel.slf4j;

import dev.runnel.Task;
import dev.runnel.spi.ContextCapture;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Carries the MDC's map. Its stacks ({@code MDC.pushByKey}) stay behind, since SLF4J does not tell
 * which there are.
 */
public final class MdcCapture implements ContextCapture {

  /** Creates it; {@link java.util.ServiceLoader} does so. */
  public MdcCapture() {}

  @Override
  public Snapshot capture() {
    Map<String, String> map = MDC.getCopyOfContextMap();
    return body -> run(body, map);
  }

  private static void run(Task body, @Nullable Map<String, String> map) throws Exception {
    Map<String, String> before = MDC.getCopyOfContextMap();
    set(map);
    try {
      body.run();
    } finally {
      set(before);
    }
  }

  private static void set(@Nullable Map<String, String> map) {
    if (map == null) {
      MDC.clear();
    } else {
      MDC.setContextMap(map); // a copy, each time
    }
  }
}
