package dev.runnel.internal.hook;

import dev.runnel.internal.park.Waiter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Notes why threads park. */
public final class RecordingParks implements ParkHook {
  static final Queue<String> PARKED = new ConcurrentLinkedQueue<>();

  @Override
  public void parked(Waiter waiter) {
    PARKED.add(waiter.reason().toString());
  }

  @Override
  public void woken(Waiter waiter) {}
}
