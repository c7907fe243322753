package dev.runnel.internal.goroutine;

import dev.runnel.Outside;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** An open token of a world. */
public final class Outsider implements Outside {
  private final AtomicInteger open;
  private final AtomicBoolean closed = new AtomicBoolean();

  Outsider(AtomicInteger open) {
    this.open = open;
    open.incrementAndGet();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      open.decrementAndGet();
    }
  }
}
