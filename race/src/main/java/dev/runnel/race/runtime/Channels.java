package dev.runnel.race.runtime;

import org.jspecify.annotations.Nullable;

/** Called at the steps of Runnel's channels. */
public final class Channels {
  private Channels() {}

  /**
   * A channel has been made.
   *
   * @param channel it
   * @param capacity its capacity
   */
  public static void made(Object channel, int capacity) {
    Shadows.of(channel).more = new ChannelEdges(capacity);
  }

  /**
   * A send is tried.
   *
   * @param channel on which
   */
  public static void sending(Object channel) {
    enter(channel, ChannelEdges.Step.SEND);
  }

  /**
   * A receive is tried.
   *
   * @param channel on which
   */
  public static void receiving(Object channel) {
    enter(channel, ChannelEdges.Step.RECEIVE);
  }

  /**
   * Values are put back.
   *
   * @param channel where
   */
  public static void puttingBack(Object channel) {
    enter(channel, ChannelEdges.Step.PUT_BACK);
  }

  private static void enter(Object channel, ChannelEdges.Step step) {
    ThreadState t = ThreadState.current();
    ChannelEdges edges = t.inside == 0 ? edges(channel) : null;
    t.channel = edges;
    t.carried = null;
    if (edges != null) {
      edges.begin(t, step);
    }
  }

  /** A step has broken off, out of stack or memory: the next one will find that out. */
  public static void broken() {
    ThreadState t = ThreadState.current();
    t.channel = null;
    t.carried = null;
  }

  /** A step is over. */
  public static void done() {
    ThreadState t = ThreadState.current();
    ChannelEdges edges = t.channel;
    if (edges != null) {
      edges.done(t);
      t.channel = null;
    }
  }

  /**
   * The current thread leaves a node in a queue.
   *
   * @param node it
   */
  public static void waiting(Object node) {
    ThreadState t = ThreadState.current();
    if (t.inside == 0) {
      Shadows.of(node).more = t.release();
    }
  }

  /**
   * A wait is about to be used again, for another one of which only its owner knows.
   *
   * @param waiter it
   */
  public static void renewed(Object waiter) {
    OwnSyncs.forget(ThreadState.current(), waiter);
    Shadow shadow = Shadows.find(waiter);
    if (shadow != null) {
      shadow.forgetEdges();
    }
  }

  /** The current thread is about to decide a wait, if nobody has. */
  public static void claiming() {
    ThreadState t = ThreadState.current();
    if (t.channel != null) {
      t.channel.claiming(t);
    }
  }

  /**
   * A wait may have been decided.
   *
   * @param node its node
   * @param claimed 1 if the current thread has decided it
   */
  public static void claimed(Object node, int claimed) {
    ThreadState t = ThreadState.current();
    ChannelEdges edges = t.channel;
    if (edges == null || claimed == 0) {
      return;
    }
    Shadow shadow = Shadows.find(node);
    Object known = shadow == null ? null : shadow.more;
    edges.claimed(t, known instanceof Snapshot s ? s : null);
  }

  /** A value is about to enter the buffer. */
  public static void buffered() {
    ThreadState t = ThreadState.current();
    if (t.channel != null) {
      t.channel.buffered(t);
    }
  }

  /** The oldest value has left the buffer. */
  public static void unbuffered() {
    ThreadState t = ThreadState.current();
    if (t.channel != null) {
      t.channel.unbuffered(t);
    }
  }

  /** A value is put back into the buffer. */
  public static void putBack() {
    ThreadState t = ThreadState.current();
    if (t.channel != null) {
      t.channel.putBack(t);
    }
  }

  static boolean isChannel(@Nullable Object object) {
    return object != null && edges(object) != null;
  }

  private static @Nullable ChannelEdges edges(Object channel) {
    Shadow shadow = Shadows.find(channel);
    return shadow != null && shadow.more instanceof ChannelEdges edges ? edges : null;
  }
}
