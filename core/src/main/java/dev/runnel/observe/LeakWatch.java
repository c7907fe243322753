package dev.runnel.observe;

import dev.runnel.internal.goroutine.Frames;
import dev.runnel.internal.goroutine.Registry;
import dev.runnel.internal.goroutine.Routine;
import dev.runnel.internal.goroutine.Track;
import dev.runnel.internal.park.Waiter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Tells of goroutines that the garbage collector has proven to be leaked: they waited for something
 * that nobody could reach any more, so nobody could ever have woken them.
 *
 * {@snippet class="dev.runnel.snippets.ObserveSnippetsTest" region="leaks"}
 *
 * <p>While a watch is open, goroutines are {@linkplain Goroutines#track tracked}; only those are
 * watched that were started since. {@code -Drunnel.leaks=on} opens one from the first goroutine on
 * and logs what it tells as warnings.
 *
 * <p>The JDK keeps every virtual thread alive unless {@code -Djdk.trackAllThreads=false} is set;
 * {@code -Drunnel.leaks=on} sets it, which works if no virtual thread and no thread pool was made
 * before. Where it is not on the command line, one goroutine in sixteen is started so that the JDK
 * does not keep it, and the watch tells of those at least. A goroutine of a {@link
 * dev.runnel.Go#run} is kept by that until it returns.
 *
 * <p>It costs little where goroutines live long (about 2 % in a worker pool), and some microseconds
 * for each start of one.
 *
 * <p>A leak is told some time after a garbage collection, so perhaps never. Where a goroutine
 * waited is known if it had waited for some seconds.
 */
public final class LeakWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.runnel");
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Watcher<GoroutineSnapshot> watcher;

  private LeakWatch(Consumer<? super GoroutineSnapshot> listener) {
    this.watcher = new Watcher<>("runnel-leaks", this::look, listener);
  }

  /**
   * Opens a watch.
   *
   * @param listener is given each leak, once, on a thread of the watch; what it throws is logged
   * @return the watch, to be closed
   * @throws NullPointerException if the listener is null
   */
  public static LeakWatch open(Consumer<? super GoroutineSnapshot> listener) {
    LeakWatch watch = new LeakWatch(Objects.requireNonNull(listener, "listener"));
    watch.watcher.start();
    return watch;
  }

  /**
   * Opens a watch that logs each leak as a warning of the logger {@code dev.runnel}.
   *
   * @return the watch, to be closed
   */
  public static LeakWatch logging() {
    return open(
        leak -> LOG.log(System.Logger.Level.WARNING, "a goroutine is leaked:\n{0}", text(leak)));
  }

  private static String text(GoroutineSnapshot leak) {
    return new GoroutineDump(List.of(leak)).toString();
  }

  private void look() throws InterruptedException {
    long start = System.nanoTime();
    Registry.tracks().forEach(LeakWatch::look);
    Registry.awaitCollected(
        Watcher.pause(start, LOOK).toMillis(),
        track -> watcher.tell(GoroutineSnapshot.ofCollected(track)));
  }

  /** Notes where a goroutine waits, once for each long wait: later it can't be asked. */
  private static void look(Track track) {
    Routine routine = track.get();
    Waiter wait = routine == null ? null : routine.waiting();
    long since = track.since();
    Track.LastSight last = track.lastSight();
    boolean known = last != null && last.since() == since;
    boolean isLong = System.nanoTime() - since > LOOK.toNanos();
    if (wait != null && wait.open() && isLong && !known && routine != null) {
      track.lastSight(
          new Track.LastSight(
              wait.reason().toString(),
              wait.blocker().toString(),
              Frames.ofUser(routine.thread().getStackTrace()),
              since));
    }
  }

  /** Closes the watch. Goroutines are tracked no more, unless another wants it. */
  @Override
  public void close() {
    watcher.close();
  }
}
