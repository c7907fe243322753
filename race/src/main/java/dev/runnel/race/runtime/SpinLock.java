package dev.runnel.race.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A lock for a few dozen instructions. It may be taken anywhere, also where the JDK itself parks,
 * mounts or unmounts a thread, so it neither parks nor yields.
 */
class SpinLock {
  private static final VarHandle LOCKED;

  static {
    try {
      LOCKED = MethodHandles.lookup().findVarHandle(SpinLock.class, "locked", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // through LOCKED
  private int locked;

  final void lock() {
    while ((int) LOCKED.getOpaque(this) != 0 || !LOCKED.compareAndSet(this, 0, 1)) {
      Thread.onSpinWait();
    }
  }

  final void unlock() {
    LOCKED.setRelease(this, 0);
  }
}
