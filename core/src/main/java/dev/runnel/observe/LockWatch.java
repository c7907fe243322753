package dev.runnel.observe;

import dev.runnel.internal.goroutine.LockCycle;
import dev.runnel.internal.goroutine.Registry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells of goroutines that wait for one another's locks, while the rest of the program runs on.
 *
 * {@snippet class="dev.runnel.snippets.ObserveSnippetsTest" region="locks"}
 *
 * <p>While a watch is open, goroutines are {@linkplain Goroutines#track tracked}, and each lock
 * remembers who holds it; {@link LockDeadlock#find} says what is known. {@code
 * -Drunnel.deadlocks=on} opens one from the first goroutine on and logs what it tells as warnings.
 *
 * <p>A deadlock is told once, after it has lasted for about a second.
 */
public final class LockWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.runnel");
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Watcher<LockDeadlock> watcher;
  private final Set<List<String>> told = new HashSet<>();
  private Set<List<String>> before = Set.of();

  private LockWatch(Consumer<? super LockDeadlock> listener) {
    this.watcher = new Watcher<>("runnel-locks", this::look, listener);
  }

  /**
   * Opens a watch.
   *
   * @param listener is given each deadlock, once, on a thread of the watch; what it throws is
   *     logged
   * @return the watch, to be closed
   * @throws NullPointerException if the listener is null
   */
  public static LockWatch open(Consumer<? super LockDeadlock> listener) {
    LockWatch watch = new LockWatch(Objects.requireNonNull(listener, "listener"));
    watch.watcher.start();
    return watch;
  }

  /**
   * Opens a watch that logs each deadlock as a warning of the logger {@code dev.runnel}.
   *
   * @return the watch, to be closed
   */
  public static LockWatch logging() {
    return open(found -> LOG.log(System.Logger.Level.WARNING, "a deadlock of locks:\n{0}", found));
  }

  private void look() throws InterruptedException {
    long start = System.nanoTime();
    Set<List<String>> now = new HashSet<>();
    for (LockCycle cycle : LockCycle.among(Registry.live())) {
      List<String> key = cycle.key();
      now.add(key);
      if (before.contains(key) && told.add(key)) {
        watcher.tell(LockDeadlock.of(cycle));
      }
    }
    told.retainAll(now);
    before = now;
    Thread.sleep(Watcher.pause(start, LOOK));
  }

  /** Closes the watch. Goroutines are tracked no more, unless another wants it. */
  @Override
  public void close() {
    watcher.close();
  }
}
