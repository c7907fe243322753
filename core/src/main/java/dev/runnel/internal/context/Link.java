package dev.runnel.internal.context;

import org.jspecify.annotations.Nullable;

/**
 * Something that a context tells when it ends, in the list that the context keeps: a child context,
 * an interrupter, a task. The list is doubly linked through these objects, so that joining and
 * leaving take constant time and no memory of their own.
 */
public abstract class Link {
  @Nullable Link previous;
  @Nullable Link next;
  boolean linked;

  /** Creates a link that is in no list. */
  protected Link() {}

  /** The context has ended. Called once at most, by whoever ended it, with no lock held. */
  protected abstract void contextEnded();
}
