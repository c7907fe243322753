package dev.runnel.internal.goroutine;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows where goroutines are to be found. Those of a world are found by their world, which counts
 * them anyway. Others are noted only while tracking is on: then each start notes where it comes
 * from, and a goroutine that is collected before its end can be told. While it is off, a start
 * costs one look at a flag.
 */
public final class Registry {
  private static final Set<World> WORLDS = ConcurrentHashMap.newKeySet();
  private static final Set<Track> TRACKS = ConcurrentHashMap.newKeySet();
  private static final ReferenceQueue<Routine> COLLECTED = new ReferenceQueue<>();
  private static volatile boolean tracking = "on".equals(System.getProperty("runnel.goroutines"));

  private Registry() {}

  /** Whether goroutines that start are tracked. */
  public static boolean tracking() {
    return tracking;
  }

  /**
   * Switches tracking.
   *
   * @param on whether goroutines that start from now on are tracked
   */
  public static void tracking(boolean on) {
    tracking = on;
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
   * Takes those tracked goroutines that the garbage collector has proven to sleep for ever: nobody
   * could reach them, nor what they waited for.
   *
   * @param leak is given each, once
   */
  public static void takeCollected(Consumer<Track> leak) {
    for (Reference<?> gone; (gone = COLLECTED.poll()) != null; ) {
      if (gone instanceof Track track && TRACKS.remove(track)) {
        leak.accept(track);
      }
    }
  }
}
