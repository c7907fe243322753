package dev.runnel.internal.hook;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Notes what the current thread does, and leaves choices at the first. */
public final class RecordingOps implements OpHook {
  static final Queue<String> SEEN = new ConcurrentLinkedQueue<>();

  private static final ThreadLocal<Boolean> ON = ThreadLocal.withInitial(() -> false);

  static void on() {
    ON.set(true);
  }

  @Override
  public void before(Op op, Object target) {
    if (ON.get()) {
      SEEN.add(op + "(" + target.getClass().getSimpleName() + ")");
    }
  }

  @Override
  public void after(Op op, Object target) {
    if (ON.get()) {
      SEEN.add(op + "!");
    }
  }

  @Override
  public int choose(int bound) {
    return 0;
  }
}
