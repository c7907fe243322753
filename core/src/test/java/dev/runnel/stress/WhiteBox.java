package dev.runnel.stress;

import dev.runnel.Context;
import dev.runnel.ReceiveChan;
import java.lang.reflect.Field;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** Looks inside, for what must not be left behind. */
final class WhiteBox {
  private WhiteBox() {}

  /** How many nodes wait in a channel's two queues. */
  static int waitersOf(ReceiveChan<?> channel) {
    return length(read(read(channel, "senders"), "first"))
        + length(read(read(channel, "receivers"), "first"));
  }

  /** How many values a channel keeps in memory. */
  static int valuesIn(ReceiveChan<?> channel) {
    Object ring = read(channel, "ring");
    if (ring == null) {
      return 0;
    }
    int values = 0;
    for (Object slot : (Object[]) read(ring, "slots")) {
      values += slot == null ? 0 : 1;
    }
    return values;
  }

  /** How many children, tasks and goroutines a context will tell of its end. */
  static int linksOf(Context context) {
    return length(read(context, "links"));
  }

  /** How many wait in the queue of something of sync. */
  static int inQueueOf(Object thing) {
    return length(read(read(read(thing, "waiters"), "queue"), "first"));
  }

  /** How many alarms are set in the process. */
  static int alarms() {
    try {
      Class<?> clock = Class.forName("dev.runnel.internal.time.SystemClock");
      Field instance = clock.getDeclaredField("INSTANCE");
      instance.setAccessible(true);
      return ((ScheduledThreadPoolExecutor) read(instance.get(null), "alarms")).getQueue().size();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no such clock", e);
    }
  }

  private static int length(@Nullable Object first) {
    int length = 0;
    for (Object link = first; link != null; link = read(link, "next")) {
      length++;
    }
    return length;
  }

  /** Takes an object out of a field, which then is null. */
  static Object take(Object target, String name) {
    try {
      Field field = field(target, name);
      Object taken = field.get(target);
      field.set(target, null);
      return taken;
    } catch (IllegalAccessException e) {
      throw new LinkageError("can't take " + name, e);
    }
  }

  static @Nullable Object read(Object target, String name) {
    try {
      return field(target, name).get(target);
    } catch (IllegalAccessException e) {
      throw new LinkageError("can't read " + name, e);
    }
  }

  private static Field field(Object target, String name) {
    for (Class<?> c = target.getClass(); c != null; c = c.getSuperclass()) {
      try {
        Field field = c.getDeclaredField(name);
        field.setAccessible(true);
        return field;
      } catch (NoSuchFieldException inherited) {
        // It is in a superclass.
      }
    }
    throw new LinkageError("no field " + name + " in " + target.getClass());
  }
}
