package dev.runnel.testing.internal;

import dev.runnel.internal.hook.Choice;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.hook.OpHook;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Passes on to its bubble what a goroutine does; the rest of the process is left alone. */
public final class OpWatch implements OpHook {

  /** Created by the service loader. */
  public OpWatch() {}

  @Override
  public void before(Op op, Object target) {
    pass(op, target, null);
  }

  @Override
  public void before(Op op, Object target, Object value) {
    pass(op, target, value);
  }

  private static void pass(Op op, Object target, @Nullable Object value) {
    if (BubbleWorld.noneLives()) {
      return;
    }
    BubbleWorld bubble = BubbleWorld.here();
    BubbleWorld.refuseForeign(bubble, target);
    if (bubble != null) {
      bubble.before(op, target, value);
    }
  }

  @Override
  public void after(Op op, Object target) {
    // A switch before the next operation is as good as one after this.
  }

  @Override
  public void received(Op op, Object target, @Nullable Object result) {
    BubbleWorld bubble = BubbleWorld.noneLives() ? null : BubbleWorld.here();
    if (bubble != null) {
      bubble.received(result);
    }
  }

  @Override
  public void chosen(Object select, @Nullable Choice choice) {
    BubbleWorld bubble = BubbleWorld.noneLives() ? null : BubbleWorld.here();
    if (bubble != null) {
      bubble.chosen(choice);
    }
  }

  @Override
  public void made(Object made) {
    if (BubbleWorld.noneLives()) {
      return;
    }
    BubbleWorld bubble = BubbleWorld.here();
    if (bubble != null) {
      bubble.made(made);
    }
  }

  @Override
  public int choose(int bound) {
    BubbleWorld bubble = BubbleWorld.noneLives() ? null : BubbleWorld.here();
    return bubble == null ? ThreadLocalRandom.current().nextInt(bound) : bubble.choose(bound);
  }
}
