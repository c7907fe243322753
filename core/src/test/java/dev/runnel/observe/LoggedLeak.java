package dev.runnel.observe;

import static dev.runnel.Go.go;

import dev.runnel.Chan;
import dev.runnel.Go;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Leaks a goroutine, and ends when that has been logged: see LeakWatchTest. */
final class LoggedLeak {

  private LoggedLeak() {}

  public static void main(String[] args) throws Exception {
    AtomicBoolean logged = new AtomicBoolean();
    Logger logger = Logger.getLogger("dev.runnel");
    logger.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            System.out.println(new SimpleFormatter().formatMessage(entry));
            logged.set(true);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
    go("lost", () -> Chan.unbuffered().receive());
    long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    while (!logged.get() && System.nanoTime() < end) {
      System.gc();
      Go.sleep(Duration.ofMillis(100));
    }
  }
}
