package dev.runnel.testkit;

import java.io.IOException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A channel of the kind that an interrupt closes, on the thread that interrupts, and that takes its
 * time: what a test needs to stop a context's end halfway. It can also fail to close.
 */
public final class SlowToClose extends AbstractInterruptibleChannel {
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final @Nullable RuntimeException thrown;
  private volatile @Nullable Thread blocked;

  public SlowToClose() {
    this(null);
  }

  /** Creates one whose close throws an exception, if it is not null. */
  public SlowToClose(@Nullable RuntimeException thrown) {
    this.thrown = thrown;
  }

  /** Waits in an operation of this channel until it is closed. */
  public void block() throws IOException {
    boolean completed = false;
    blocked = Thread.currentThread();
    try {
      begin();
      while (isOpen()) {
        LockSupport.park(this);
      }
      completed = true;
    } finally {
      end(completed);
    }
  }

  /** Waits until an interrupt closes it. */
  public void awaitClosing() throws InterruptedException {
    closing.await();
  }

  /** Lets it be closed. */
  public void release() {
    released.countDown();
  }

  @Override
  protected void implCloseChannel() {
    closing.countDown();
    boolean interrupted = false;
    while (true) {
      try {
        released.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    LockSupport.unpark(blocked); // if this throws, the interrupt does not
    if (thrown != null) {
      throw thrown;
    }
  }
}
