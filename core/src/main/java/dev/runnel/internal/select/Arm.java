package dev.runnel.internal.select;

import dev.runnel.Case;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The part of a case that the selection works on: what it waits for. What follows when it wins is
 * the arm's own {@link #result} or that of a {@link Follow} around it.
 *
 * @param <R> the type of the case's result
 */
public abstract sealed class Arm<R extends @Nullable Object> implements Case<R>
    permits Receiving, Sending, After, Otherwise {
  private static final VarHandle OWNER;

  static {
    try {
      OWNER = MethodHandles.lookup().findVarHandle(Arm.class, "owner", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // through OWNER
  private @Nullable Object owner;

  Arm() {}

  /** What {@code select} returns when this arm has won. */
  abstract R result() throws InterruptedException;

  /** Forgets the last turn. */
  void reset() {}

  /** Gives this arm to a selection: for ever to a reusable one, for one turn to another. */
  final void acquire(Selection selection) {
    if (!OWNER.compareAndSet(this, null, selection)) {
      throw new IllegalStateException(
          "a select case belongs to one reusable Select, once, or to one select at a time: make a"
              + " fresh case for each");
    }
  }

  final void giveBack() {
    OWNER.setRelease(this, null);
  }

  final boolean owned() {
    return OWNER.getAcquire(this) != null;
  }

  /** Whether a select with this arm is choosing now. */
  final boolean inTurn() {
    return OWNER.getAcquire(this) instanceof Selection selection && selection.choosing();
  }

  /** The arm of a case. */
  static Arm<?> of(Case<?> c) {
    return switch (c) {
      case Arm<?> arm -> arm;
      case Follow<?> follow -> follow.arm();
    };
  }
}
