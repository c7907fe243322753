package dev.runnel.race.agent;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * What is known of each local and of each place on the operand stack at one point of a method: the
 * site at which the object there was made, or one of the values below. For {@link Freshness}.
 */
final class Frame {
  /** No reference, or one that can't be read. */
  static final int NOTHING = -2;

  /** The null reference. */
  static final int NULL = -1;

  /** A reference to an object of which nothing is known. */
  static final int UNKNOWN = 0;

  final int[] locals;

  /** The sites whose objects others may know by now. */
  final BitSet lost = new BitSet();

  private final int[] stack;
  private int depth;

  Frame(int locals, int stack) {
    this.locals = new int[locals];
    this.stack = new int[stack];
    Arrays.fill(this.locals, NOTHING);
  }

  Frame copy() {
    Frame copy = new Frame(locals.length, stack.length);
    System.arraycopy(locals, 0, copy.locals, 0, locals.length);
    System.arraycopy(stack, 0, copy.stack, 0, depth);
    copy.depth = depth;
    copy.lost.or(lost);
    return copy;
  }

  /** What an exception handler begins with. */
  Frame caught() {
    Frame copy = copy();
    copy.depth = 0;
    copy.push(UNKNOWN);
    return copy;
  }

  void push(int value) {
    stack[depth++] = value;
  }

  /** Pushes what is no reference. */
  void pushSlots(int slots) {
    for (int i = 0; i < slots; i++) {
      push(NOTHING);
    }
  }

  int pop() {
    return stack[--depth];
  }

  void popSlots(int slots) {
    depth -= slots;
  }

  /** Inserts copies of the topmost slots below those and some more. */
  void duplicate(int slots, int below) {
    int[] top = Arrays.copyOfRange(stack, depth - slots, depth);
    int[] under = Arrays.copyOfRange(stack, depth - slots - below, depth - slots);
    depth -= slots + below;
    append(top);
    append(under);
    append(top);
  }

  private void append(int[] values) {
    System.arraycopy(values, 0, stack, depth, values.length);
    depth += values.length;
  }

  void swap() {
    int top = pop();
    int below = pop();
    push(top);
    push(below);
  }

  /** Whether some reference here is to an object of a site. */
  boolean holds(IntPredicate site) {
    return Arrays.stream(locals).anyMatch(site) || Arrays.stream(stack, 0, depth).anyMatch(site);
  }

  /**
   * Makes it what holds here and in another. What both disagree on is lost.
   *
   * @return whether it has changed
   */
  boolean join(Frame other) {
    int before = lost.cardinality();
    boolean changed = false;
    for (int i = 0; i < locals.length; i++) {
      int joined = join(locals[i], other.locals[i]);
      changed |= joined != locals[i];
      locals[i] = joined;
    }
    for (int i = 0; i < depth; i++) {
      int joined = join(stack[i], other.stack[i]);
      changed |= joined != stack[i];
      stack[i] = joined;
    }
    lost.or(other.lost);
    return changed || lost.cardinality() != before;
  }

  private int join(int a, int b) {
    if (a == b || b == NULL) {
      return a;
    }
    if (a == NULL) {
      return b;
    }
    if (a == NOTHING || b == NOTHING) {
      return NOTHING; // the verifier lets nobody read it
    }
    if (a > 0) {
      lost.set(a);
    }
    if (b > 0) {
      lost.set(b);
    }
    return UNKNOWN;
  }
}
