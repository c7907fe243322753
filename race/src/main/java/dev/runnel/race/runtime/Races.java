package dev.runnel.race.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** All races found: each pair of sites once, told at once and counted at the end. */
public final class Races {
  /** In place of an element's index: the variable is what a collection holds. */
  static final int CONTENTS = -2;

  /**
   * Likewise: the variable stands for several, so a race with it tells that they are to be told
   * apart.
   */
  static final int ALL = -3;

  /** Beyond so many, races are counted, but no longer told. */
  private static final int MOST = 1000;

  private static final int STACKS = 1 << 16;

  private static final ReentrantLock lock = new ReentrantLock();
  private static final Set<Long> pairs = new HashSet<>();
  private static final Set<String> lines = new HashSet<>();
  private static final List<Race> races = new ArrayList<>();
  private static int suppressed;
  private static Options options = defaults();
  private static volatile boolean trial;
  private static boolean keepStacks; // set before the program begins
  private static long[] stackStamps = {};
  private static @Nullable List<StackTraceElement>[] stacks = newLists(0);

  private Races() {}

  private static Options defaults() {
    try {
      return Options.parse(null);
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // no generic arrays
  private static @Nullable List<StackTraceElement>[] newLists(int length) {
    return new List[length];
  }

  /** Makes sure that all is there that the hooks need. */
  public static void prepare() {
    Internals.check();
    var _ = ThreadState.current();
    boolean _ = new Elements(new int[1], 0, 1).forget(); // links what is used under a lock
  }

  /**
   * Begins to tell of races.
   *
   * @param chosen how
   * @throws IOException if the file for JSON can't be written
   */
  public static void start(Options chosen) throws IOException {
    options = chosen;
    Shadows.remember(chosen.history());
    if (chosen.json() != null) { // better to learn now that it can't be
      Files.writeString(Path.of(chosen.json()), "");
    }
    if (chosen.stacks()) {
      stackStamps = new long[STACKS];
      stacks = newLists(STACKS);
      keepStacks = true;
    }
  }

  /**
   * Runs something that may race, and tells of nothing.
   *
   * @param body it
   * @return how many races were found
   */
  public static int trial(Runnable body) {
    trial = true;
    try {
      body.run();
      return races.size();
    } finally {
      races.clear();
      pairs.clear();
      lines.clear();
      trial = false;
    }
  }

  /** Whether each access is to be remembered. */
  static boolean keepsStacks() {
    return keepStacks;
  }

  /** Keeps the stack of an access, if asked to. */
  static void remember(long stamp) {
    if (keepStacks) {
      ThreadState t = ThreadState.current();
      t.inside++;
      try {
        int place = (int) (stamp ^ (stamp >>> 20) ^ (stamp >>> 40)) & (STACKS - 1);
        if (stackStamps[place] != stamp) {
          List<StackTraceElement> stack = Traces.access();
          stacks[place] = stack;
          stackStamps[place] = stamp;
        }
      } finally {
        t.inside--;
      }
    }
  }

  static void found(
      ThreadState t,
      Object object,
      int index,
      int site,
      boolean write,
      long before,
      boolean wrote) {
    if (index == ALL) {
      t.collided = true;
      return;
    }
    if (Slots.exhausted()) {
      return;
    }
    long a = Math.min(site, Stamp.site(before));
    long b = Math.max(site, Stamp.site(before));
    t.inside++;
    lock.lock();
    try {
      if (pairs.add((a << Stamp.SITE_BITS) | b) && lines.add(line((int) a) + " " + line((int) b))) {
        report(t, object, index, site, write, before, wrote);
      }
    } finally {
      lock.unlock();
      t.inside--;
    }
  }

  /** The read and the write of an {@code x++} are one place to whoever reads the report. */
  private static String line(int number) {
    Site site = Sites.get(number);
    return site == null || site.line() < 0
        ? "#" + number
        : site.className() + ":" + site.line() + ":" + site.target();
  }

  private static void report(
      ThreadState t,
      Object object,
      int index,
      int site,
      boolean write,
      long before,
      boolean wrote) {
    Site here = Sites.get(site);
    List<StackTraceElement> now = Traces.here();
    List<StackTraceElement> earlier = stack(before);
    if (index == CONTENTS) {
      now = called(object, here, now);
      earlier = called(object, Sites.get(Stamp.site(before)), earlier);
    }
    Race race =
        new Race(
            variable(object, index, here),
            index == CONTENTS ? concurrent(object, write && wrote) : "",
            new Race.Access(write, t.info, now),
            new Race.Access(wrote, Slots.owner(before), earlier));
    if (isSuppressed(race)) {
      suppressed++;
      return;
    }
    races.add(race);
    if (trial) {
      return;
    }
    if (races.size() <= MOST) {
      Log.print(race.text());
    }
    if (options.haltOnError()) {
      finish();
      Runtime.getRuntime().halt(options.exitCode() == 0 ? Options.RACE : options.exitCode());
    }
  }

  private static List<StackTraceElement> stack(long stamp) {
    if (keepStacks) {
      int place = (int) (stamp ^ (stamp >>> 20) ^ (stamp >>> 40)) & (STACKS - 1);
      List<StackTraceElement> kept = stacks[place];
      if (stackStamps[place] == stamp && kept != null) {
        return kept;
      }
    }
    Site site = Sites.get(Stamp.site(stamp));
    return site == null ? List.of() : List.of(site.frame());
  }

  private static String variable(Object object, int index, @Nullable Site site) {
    if (index >= 0) {
      return object.getClass().getTypeName() + "[" + index + "]";
    }
    return index == CONTENTS || site == null ? object.getClass().getTypeName() : site.target();
  }

  /** A stack with the method of the JDK's on top that the program called. */
  private static List<StackTraceElement> called(
      Object object, @Nullable Site site, List<StackTraceElement> stack) {
    if (site == null) {
      return stack;
    }
    Class<?> type = object.getClass();
    while (type.getClassLoader() != null) {
      type = type.getSuperclass();
    }
    String file = type.getSimpleName() + ".java";
    List<StackTraceElement> whole = new ArrayList<>();
    whole.add(new StackTraceElement(type.getName(), site.target(), file, -1));
    whole.addAll(stack);
    return List.copyOf(whole);
  }

  /** What Go would say of its maps. */
  private static String concurrent(Object object, boolean bothWrite) {
    String what =
        switch (object) {
          case Map<?, ?> _ -> "map";
          case List<?> _ -> "list";
          case Set<?> _ -> "set";
          case Queue<?> _ -> "queue";
          default -> "";
        };
    if (what.isEmpty()) {
      String type = object instanceof Iterator<?> ? "iterator" : object.getClass().getSimpleName();
      return "concurrent use of one " + type;
    }
    return "concurrent " + (bothWrite ? what + " writes" : what + " read and " + what + " write");
  }

  private static boolean isSuppressed(Race race) {
    for (Suppression suppression : options.suppressions()) {
      if (suppression.matches(race.variable())
          || isIn(suppression, race.now().stack())
          || isIn(suppression, race.before().stack())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isIn(Suppression suppression, List<StackTraceElement> stack) {
    int top = !stack.isEmpty() && stack.getFirst().getClassName().startsWith("java.") ? 2 : 1;
    int looked = suppression.topOnly() ? Math.min(top, stack.size()) : stack.size();
    for (StackTraceElement frame : stack.subList(0, looked)) {
      if (suppression.matches(Race.name(frame))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Ends the reports.
   *
   * @return the exit status that the program should have; -1 for its own
   */
  public static int finish() {
    ThreadState t = ThreadState.current();
    t.inside++;
    lock.lock();
    try {
      int found = races.size();
      if (options.json() != null) {
        Files.writeString(Path.of(options.json()), Json.of(races));
      }
      if (Slots.exhausted()) {
        Log.say("ticks ran out, so races were no longer looked for");
      }
      if (suppressed > 0) {
        Log.say(suppressed + " race(s) suppressed");
      }
      if (found > 0) {
        Log.print("Found " + found + " data race(s)" + System.lineSeparator());
      }
      return found > 0 && options.exitCode() != 0 ? options.exitCode() : -1;
    } catch (IOException e) {
      Log.say("can't write " + options.json() + ": " + e);
      return 1;
    } finally {
      lock.unlock();
      t.inside--;
    }
  }
}
