package dev.runnel.testkit;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Catches what Runnel logs while it is open, and keeps it off the console. */
public final class Logs implements AutoCloseable {
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Logger logger = Logger.getLogger("dev.runnel");
  private final boolean toParents = logger.getUseParentHandlers();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord logged) {
          records.add(logged);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private Logs() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  /** Begins to catch. */
  public static Logs capture() {
    return new Logs();
  }

  /** What was logged, as a reader would see it. */
  public List<String> messages() {
    return records.stream().map(r -> format(r)).toList();
  }

  /** The exceptions that were logged along. */
  public List<Throwable> thrown() {
    return records.stream().map(LogRecord::getThrown).filter(t -> t != null).toList();
  }

  private static String format(LogRecord logged) {
    Object[] parameters = logged.getParameters();
    return parameters == null
        ? logged.getMessage()
        : MessageFormat.format(logged.getMessage(), parameters);
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(toParents);
  }
}
