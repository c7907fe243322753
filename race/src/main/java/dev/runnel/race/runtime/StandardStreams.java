package dev.runnel.race.runtime;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's own {@code System.out} and {@code System.err}, and the log handlers of the console.
 * Behind their locks is nothing but the JDK's data, unless something of the program's is formatted,
 * and nobody can see by them who has printed before. So printing orders nothing: else a program
 * that prints what it does would be one without races. All other streams may end in a class of the
 * program's own, whose fields their locks guard.
 */
public final class StandardStreams {
  private static final String CONSOLE_HANDLER = "java.util.logging.ConsoleHandler";
  private static final long LOCK = Internals.offset(Writer.class, "lock");
  private static volatile Object[] locks = {};

  private StandardStreams() {}

  /**
   * Finds all that is locked when something is printed.
   *
   * @throws ReflectiveOperationException if this JDK's streams are made in another way
   */
  public static void find() throws ReflectiveOperationException {
    List<Object> found = new ArrayList<>();
    for (PrintStream stream : List.of(System.out, System.err)) {
      Object buffer = get(FilterOutputStream.class, "out", stream);
      if (stream.getClass() == PrintStream.class && isToFile(buffer)) {
        add(found, stream);
        add(found, buffer);
        Object text = get(PrintStream.class, "textOut", stream);
        Object chars = get(PrintStream.class, "charOut", stream);
        add(found, text);
        add(found, get(Writer.class, "lock", text));
        add(found, get(BufferedWriter.class, "out", text));
        add(found, chars);
        add(found, get(Writer.class, "lock", chars));
        Object encoder = get(OutputStreamWriter.class, "se", chars);
        add(found, encoder);
        add(found, get(Writer.class, "lock", encoder));
      }
    }
    locks = found.toArray();
  }

  /** Another agent, before this one, may have put streams of its own in their place. */
  private static boolean isToFile(@Nullable Object buffer) throws ReflectiveOperationException {
    return buffer != null
        && buffer.getClass() == BufferedOutputStream.class
        && get(FilterOutputStream.class, "out", buffer) instanceof FileOutputStream;
  }

  private static void add(List<Object> found, @Nullable Object lock) {
    if (lock != null && !contains(found.toArray(), lock)) {
      found.add(lock);
    }
  }

  private static @Nullable Object get(Class<?> owner, String name, @Nullable Object of)
      throws ReflectiveOperationException {
    if (of == null) {
      return null;
    }
    Field field = owner.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }

  private static boolean contains(Object[] all, Object one) {
    for (Object each : all) {
      if (each == one) {
        return true;
      }
    }
    return false;
  }

  private static boolean isStandard(Object monitor) {
    Object[] standard = locks;
    if (contains(standard, monitor) || monitor.getClass().getName().equals(CONSOLE_HANDLER)) {
      return true;
    }
    if (monitor.getClass() == OutputStreamWriter.class) { // whose writer locks what it writes to
      Object inner = Internals.getReference(monitor, LOCK);
      return inner != null && contains(standard, inner);
    }
    return false;
  }

  /**
   * A stream of the JDK's has locked a monitor.
   *
   * @param monitor whose
   */
  public static void entered(@Nullable Object monitor) {
    if (monitor != null && !isStandard(monitor)) {
      Monitors.entered(monitor);
    }
  }

  /**
   * A stream of the JDK's is about to unlock a monitor.
   *
   * @param monitor whose
   */
  public static void leaving(@Nullable Object monitor) {
    if (monitor != null && !isStandard(monitor)) {
      Monitors.leaving(monitor);
    }
  }

  /**
   * A stream has locked a monitor to format something.
   *
   * @param monitor whose
   * @param arguments what
   */
  public static void entered(@Nullable Object monitor, @Nullable Object @Nullable [] arguments) {
    if (arePlain(arguments)) {
      entered(monitor);
    } else {
      Monitors.entered(monitor);
    }
  }

  /**
   * A stream that has formatted something is about to unlock a monitor.
   *
   * @param monitor whose
   * @param arguments what
   */
  public static void leaving(@Nullable Object monitor, @Nullable Object @Nullable [] arguments) {
    if (arePlain(arguments)) {
      leaving(monitor);
    } else {
      Monitors.leaving(monitor);
    }
  }

  /** Whether what is formatted calls nothing of the program's. */
  private static boolean arePlain(@Nullable Object @Nullable [] arguments) {
    if (arguments != null) {
      for (Object each : arguments) {
        boolean plain =
            each == null
                || each instanceof String
                || each instanceof Character
                || each instanceof Boolean
                || (each instanceof Number && each.getClass().getClassLoader() == null);
        if (!plain) {
          return false;
        }
      }
    }
    return true;
  }
}
