package dev.runnel.internal.goroutine;

import dev.runnel.internal.flight.FlightWatch;
import dev.runnel.observe.Goroutines;
import dev.runnel.observe.LeakWatch;
import dev.runnel.observe.LockWatch;
import java.lang.ref.ReferenceQueue;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows where goroutines are to be found. Those of a world are found by their world, which counts
 * them anyway. Others are noted only while tracking is on: then each start notes where it comes
 * from, and a goroutine that is collected before its end can be told. While it is off, a start
 * costs one look at a flag.
 */
public final class Registry {
  /** Whether the JDK keeps all virtual threads; read when the first thread pool is made. */
  private static final String TRACK_ALL = "jdk.trackAllThreads";

  private static final Set<World> WORLDS = ConcurrentHashMap.newKeySet();
  private static final Set<Track> TRACKS = ConcurrentHashMap.newKeySet();
  private static final ReferenceQueue<Routine> COLLECTED = new ReferenceQueue<>();
  private static final AtomicBoolean ASKED = new AtomicBoolean();

  /** Who wants goroutines to be tracked: the user, and each who watches. */
  private static final AtomicInteger REASONS = new AtomicInteger();

  private static volatile boolean tracking;

  private static final boolean KEEPS_NONE = "false".equals(System.getProperty(TRACK_ALL));

  /** One of so many goroutines can be found leaked where the JDK keeps the others. */
  private static final int SAMPLE = 16;

  static {
    FlightWatch.start();
    tracking(isOn("runnel.goroutines"));
    if (isOn("runnel.leaks")) {
      if (System.getProperty(TRACK_ALL) == null) {
        System.setProperty(TRACK_ALL, "false"); // in time, if no thread pool was made before
      }
      LeakWatch.logging();
    }
    if (isOn("runnel.deadlocks")) {
      LockWatch.logging();
    }
    if (isOn("runnel.jmx")) {
      Goroutines.register();
    }
  }

  private Registry() {}

  private static boolean isOn(String property) {
    return "on".equals(System.getProperty(property));
  }

  /** Does what must be done before the first virtual thread is made: initialises this class. */
  static void prepare() {}

  /** Whether goroutines that start are tracked. */
  public static boolean tracking() {
    return tracking;
  }

  /**
   * Switches tracking as a user asks for it. While somebody watches it stays on.
   *
   * @param on whether goroutines that start from now on are tracked
   */
  public static void tracking(boolean on) {
    if (ASKED.getAndSet(on) != on) {
      wanted(on ? 1 : -1);
    }
  }

  /**
   * Somebody watches goroutines from now on, or does so no more.
   *
   * @param begins whether this is the beginning
   */
  public static void watched(boolean begins) {
    wanted(begins ? 1 : -1);
  }

  private static void wanted(int change) {
    REASONS.getAndAdd(change);
    boolean on;
    do { // whoever writes last has looked after his own change
      on = REASONS.get() > 0;
      tracking = on;
    } while (on != REASONS.get() > 0);
  }

  /**
   * Lets the goroutines of a world be found.
   *
   * @param world the world
   */
  public static void open(World world) {
    WORLDS.add(world);
  }

  /**
   * Forgets a world.
   *
   * @param world the world
   */
  public static void close(World world) {
    WORLDS.remove(world);
  }

  /**
   * Whether a goroutine that is tracked is to be started so that the JDK does not keep it in
   * memory: a sample of them, unless the JDK keeps none. It is known to keep none only if the
   * command line says so.
   */
  static boolean startsAlone() {
    return !KEEPS_NONE && ThreadLocalRandom.current().nextInt(SAMPLE) == 0;
  }

  static @Nullable Track track(Routine routine) {
    return tracking ? new Track(routine, COLLECTED) : null;
  }

  static void add(Track track) {
    TRACKS.add(track);
  }

  static void remove(Track track) {
    TRACKS.remove(track);
  }

  /**
   * The tracks of goroutines that have not ended.
   *
   * @return a view
   */
  public static Collection<Track> tracks() {
    return Collections.unmodifiableCollection(TRACKS);
  }

  /**
   * All goroutines that can be found and are not done.
   *
   * @return a copy, the oldest first
   */
  public static Collection<Routine> live() {
    Map<Long, Routine> found = new TreeMap<>();
    for (World world : WORLDS) {
      world.live().forEach(r -> found.put(r.id(), r));
    }
    for (Track track : TRACKS) {
      Routine routine = track.get();
      if (routine != null && !routine.isDone()) {
        found.put(routine.id(), routine);
      }
    }
    return found.values();
  }

  /**
   * Waits for a tracked goroutine of which the garbage collector has proven that it would have
   * slept for ever: nobody could reach it, nor what it waited for.
   *
   * @param millis how long to wait at most, more than 0
   * @param leak is given it
   * @throws InterruptedException if the current thread is interrupted
   */
  public static void awaitCollected(long millis, Consumer<Track> leak) throws InterruptedException {
    if (COLLECTED.remove(millis) instanceof Track track && TRACKS.remove(track)) {
      leak.accept(track);
    }
  }
}
