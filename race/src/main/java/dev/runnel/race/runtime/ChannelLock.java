package dev.runnel.race.runtime;

import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** {@link Variables} for the class that Runnel's channels have their lock from: not for them. */
public final class ChannelLock {
  private ChannelLock() {}

  /**
   * Before an operation of a handle.
   *
   * @param handle it
   * @param lock whose
   * @param second its second argument
   * @param mode a constant of {@link Modes}
   */
  public static void before(
      @Nullable VarHandle handle, @Nullable Object lock, int second, int mode) {
    if ((mode & Modes.ACQUIRE) != 0) {
      var _ = Room.needForChannel();
    }
    if (!Channels.isChannel(lock)) {
      Variables.before(handle, lock, second, mode);
    }
  }

  /**
   * After an operation of a handle.
   *
   * @param handle it
   * @param lock whose
   * @param second its second argument
   * @param mode a constant of {@link Modes}
   */
  public static void after(
      @Nullable VarHandle handle, @Nullable Object lock, int second, int mode) {
    if (!Channels.isChannel(lock)) {
      Variables.after(handle, lock, second, mode);
    }
  }
}
