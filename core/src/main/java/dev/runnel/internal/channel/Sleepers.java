package dev.runnel.internal.channel;

import dev.runnel.internal.park.Parker;
import org.jspecify.annotations.Nullable;

/** Threads that a batch of steps has served, to be unparked once the lock is released. */
final class Sleepers {
  /** How many waiters are served under one hold of the lock. */
  static final int MOST = 64;

  private static final Thread[] NONE = {};

  private Thread[] threads = NONE; // most batches find nobody asleep
  private int count;

  void add(@Nullable Thread sleeper) {
    if (sleeper == null) {
      return;
    }
    if (threads.length == 0) {
      threads = new Thread[MOST];
    }
    threads[count++] = sleeper;
  }

  void wake() {
    for (int i = 0; i < count; i++) {
      Parker.unpark(threads[i]);
    }
    count = 0;
  }
}
