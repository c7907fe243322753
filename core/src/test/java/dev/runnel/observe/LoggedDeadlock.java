package dev.runnel.observe;

import static dev.runnel.Go.go;

import dev.runnel.sync.Mutex;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Locks twice what is not reentrant, and ends when that has been logged: see LockWatchTest. */
final class LoggedDeadlock {

  private LoggedDeadlock() {}

  public static void main(String[] args) throws Exception {
    CountDownLatch logged = new CountDownLatch(1);
    Logger.getLogger("dev.runnel")
        .addHandler(
            new Handler() {
              @Override
              public void publish(LogRecord entry) {
                System.out.println(new SimpleFormatter().formatMessage(entry));
                logged.countDown();
              }

              @Override
              public void flush() {}

              @Override
              public void close() {}
            });
    Mutex mutex = new Mutex();
    go(
        "twice",
        () -> {
          mutex.lock();
          mutex.lock();
        });
    logged.await(40, TimeUnit.SECONDS);
  }
}
