package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.awt.EventQueue;
import java.beans.PropertyChangeListener;
import java.beans.PropertyChangeSupport;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.ListResourceBundle;
import java.util.ResourceBundle;
import java.util.concurrent.CountDownLatch;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import jdk.jfr.Event;
import jdk.jfr.consumer.RecordingStream;

/** What other parts of the JDK keep for the program, and call on a thread of somebody else. */
@SuppressWarnings("unused")
final class Listeners {
  private Listeners() {}

  static void propertyChange(boolean ordered) throws Exception {
    PropertyChangeSupport support = new PropertyChangeSupport(new Object());
    PropertyChangeListener listener = change -> {};
    Pair.pass(
        ordered,
        () -> support.addPropertyChangeListener(listener),
        () -> Pair.await(() -> support.hasListeners(null)));
  }

  static void logFormatter(boolean ordered) throws Exception {
    Handler handler = new StreamHandler();
    Formatter formatter = new SimpleFormatter();
    Pair.pass(
        ordered,
        () -> handler.setFormatter(formatter),
        () -> Pair.await(() -> formatter.equals(handler.getFormatter())));
  }

  private static final class Counting extends OutputStream {
    int count;

    @Override
    public void write(int b) {
      count++;
    }
  }

  /** A handler guards what it writes to. In the racing program there are two of it. */
  static void logHandler(boolean ordered) throws Exception {
    OutputStream counting = new Counting();
    Handler one = new StreamHandler(counting, new SimpleFormatter());
    Handler two = ordered ? one : new StreamHandler(counting, new SimpleFormatter());
    LogRecord message = new LogRecord(Level.INFO, "it");
    Pair.inTurn(
        () -> {
          one.publish(message);
          one.flush();
        },
        () -> {
          two.publish(message);
          two.flush();
        });
  }

  private static final class Plain extends Formatter {
    @Override
    public String format(LogRecord message) {
      return message.getMessage();
    }
  }

  /** Who logs to the console learns nothing of others who did. */
  static void console(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Handler console = new ConsoleHandler();
    console.setFormatter(new Plain()); // others have caches, which order
    LogRecord message = new LogRecord(Level.INFO, "it");
    Object lock = new Object();
    Object other = ordered ? lock : new Object();
    Pair.inTurn(
        () -> {
          synchronized (lock) {
            cell.value++;
          }
          console.publish(message);
        },
        () -> {
          console.publish(message);
          synchronized (other) {
            cell.value++;
          }
        });
  }

  /** Likewise of a logger as it is by itself. */
  static void logging(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Logger logger = Logger.getLogger("dev.runnel.race");
    logger.info("now all that is needed is there");
    Object lock = new Object();
    Object other = ordered ? lock : new Object();
    Pair.inTurn(
        () -> {
          synchronized (lock) {
            cell.value++;
          }
          logger.info("one");
        },
        () -> {
          logger.info("two");
          synchronized (other) {
            cell.value++;
          }
        });
  }

  /** What a bean is like. */
  public interface Bean {
    int getOne();
  }

  static void managedBean(boolean ordered) throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("dev.runnel.race:type=" + new Object().hashCode());
    Bean bean = () -> 1;
    Pair.pass(
        ordered,
        () -> server.registerMBean(new StandardMBean(bean, Bean.class), name),
        () -> Pair.await(() -> server.isRegistered(name)));
  }

  static void eventQueue(boolean ordered) throws Exception {
    System.setProperty("java.awt.headless", "true");
    EventQueue.invokeAndWait(() -> {}); // now its thread is there
    Cell cell = new Cell();
    Pair.write(ordered, cell, () -> EventQueue.invokeLater(() -> Pair.increment(cell)));
    Pair.awaitSignal();
  }

  static final class Happened extends Event {}

  /** A stream of events that runs already is given a listener. */
  static void eventStream(boolean ordered) throws Exception {
    try (RecordingStream stream = new RecordingStream()) {
      CountDownLatch runs = new CountDownLatch(1);
      stream.onFlush(runs::countDown);
      stream.startAsync();
      runs.await();
      Cell cell = new Cell();
      Pair.write(ordered, cell, () -> stream.onFlush(() -> Pair.increment(cell)));
      Pair.awaitSignal();
    }
  }

  /** What a bundle lists is known to all who look it up. */
  static void listedTexts(boolean ordered) throws Exception {
    Cell cell = new Cell();
    ResourceBundle texts =
        new ListResourceBundle() {
          @Override
          protected Object[][] getContents() {
            return new Object[][] {{"it", "a text"}};
          }
        };
    Pair.inTurn(
        () -> Pair.write(ordered, cell, () -> texts.getObject("it")),
        () -> {
          Object _ = texts.getObject("it");
          cell.value++;
        });
  }

  private static final class Counter extends SecureRandomSpi {
    private static final long serialVersionUID = 1;

    private int count;

    @Override
    protected void engineSetSeed(byte[] seed) {}

    @Override
    protected void engineNextBytes(byte[] bytes) {
      count++;
    }

    @Override
    protected byte[] engineGenerateSeed(int length) {
      return new byte[length];
    }
  }

  private static final class Numbers extends SecureRandom {
    private static final long serialVersionUID = 1;

    Numbers(Counter counter) {
      super(counter, null);
    }
  }

  /** Random numbers of the program's own are made under a lock. In the racing program by two. */
  static void ownRandomNumbers(boolean ordered) throws Exception {
    Counter counter = new Counter();
    SecureRandom one = new Numbers(counter);
    SecureRandom two = ordered ? one : new Numbers(counter);
    Pair.inTurn(() -> one.nextBytes(new byte[1]), () -> two.nextBytes(new byte[1]));
  }
}
