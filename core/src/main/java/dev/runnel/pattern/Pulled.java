package dev.runnel.pattern;

import dev.runnel.internal.hook.Hooks;
import dev.runnel.spi.Source;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The values of an iterator as a source: each is made when it is received, by who receives it. So
 * there is no goroutine, nothing is made ahead, and a consumer who stops strands nobody.
 *
 * <p>One receiver at a time is at the iterator. Another that comes meanwhile finds nothing, arms
 * its wake-up and tries once more, as sources are used; who leaves the iterator wakes all who are
 * armed then.
 *
 * <p><b>Memory ordering.</b> What is done at the iterator is between taking and giving back {@code
 * taken}, both volatile. Giving it back comes before looking who is armed, arming before the second
 * try: at least one sees the other.
 *
 * @param <T> the type of the values
 */
final class Pulled<T> implements Source<T> {
  private final Iterator<? extends T> values;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final Set<Runnable> armed = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;
  private volatile @Nullable Throwable cause;

  Pulled(Iterator<? extends T> values) {
    this.values = values;
    Hooks.made(this);
  }

  @Override
  public @Nullable T poll() {
    if (ended || !taken.compareAndSet(false, true)) {
      return null;
    }
    try {
      return hasNext() ? Objects.requireNonNull(values.next(), "a generator made null") : null;
    } catch (Throwable t) {
      fail(t);
      return null;
    } finally {
      giveBack();
    }
  }

  /** Looks ahead, so that who tries to receive does not find an ended generator merely empty. */
  @Override
  public boolean closed() {
    if (!ended && taken.compareAndSet(false, true)) {
      try {
        hasNext();
      } catch (Throwable t) {
        fail(t);
      } finally {
        giveBack();
      }
    }
    return ended;
  }

  private boolean hasNext() {
    if (ended) {
      return false;
    }
    boolean more = values.hasNext();
    if (!more) {
      ended = true;
    }
    return more;
  }

  private void fail(Throwable t) {
    cause = Failures.reason(t); // before the end, which is looked at first
    ended = true;
  }

  private void giveBack() {
    taken.set(false);
    if (!armed.isEmpty()) {
      armed.forEach(Runnable::run);
    }
  }

  @Override
  public @Nullable Throwable cause() {
    return cause;
  }

  @Override
  public void arm(Runnable wake) {
    armed.add(wake);
  }

  @Override
  public void disarm(Runnable wake) {
    armed.remove(wake);
  }

  @Override
  public String toString() {
    return "generator";
  }
}
