package dev.runnel.testing.internal;

import dev.runnel.internal.hook.ParkHook;
import dev.runnel.internal.park.Waiter;

/** Passes on to its bubble who sleeps and who is woken. */
public final class ParkWatch implements ParkHook {

  /** Created by the service loader. */
  public ParkWatch() {}

  @Override
  public void parked(Waiter waiter) {
    BubbleWorld bubble = BubbleWorld.of(waiter.thread());
    if (bubble != null) {
      bubble.parked(waiter);
    }
  }

  @Override
  public void woken(Waiter waiter) {
    BubbleWorld bubble = BubbleWorld.of(waiter.thread());
    if (bubble != null) {
      bubble.woken(waiter);
    }
  }

  @Override
  public void resumed(Waiter waiter) {
    BubbleWorld bubble = BubbleWorld.of(waiter.thread());
    if (bubble != null) {
      bubble.resumed(waiter);
    }
  }

  @Override
  public boolean parksAtOnce() {
    return BubbleWorld.here() != null;
  }
}
