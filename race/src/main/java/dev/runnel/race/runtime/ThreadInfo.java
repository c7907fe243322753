package dev.runnel.race.runtime;

import java.util.List;

/**
 * What reports say of a thread. Other threads than its own read it, and may be told of the past.
 */
final class ThreadInfo {

  /** What it is to the program's author. */
  enum Kind {
    PLATFORM("thread"),
    VIRTUAL("virtual thread"),
    GOROUTINE("goroutine");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** The class of the handlers by which Runnel knows its goroutines' threads. */
  private static final String ROUTINE = "dev.runnel.internal.goroutine.Routine";

  private final Kind kind;
  private final long id;
  private final List<StackTraceElement> createdAt;
  private final String creator;
  private String name;
  private boolean finished;

  private ThreadInfo(
      Kind kind, long id, String name, List<StackTraceElement> createdAt, String creator) {
    this.kind = kind;
    this.id = id;
    this.name = name;
    this.createdAt = createdAt;
    this.creator = creator;
  }

  /**
   * Of a thread.
   *
   * @param createdAt where it was started, innermost first; empty if that is not known
   * @param creator who started it; empty if that is not known
   */
  static ThreadInfo of(Thread thread, List<StackTraceElement> createdAt, String creator) {
    return new ThreadInfo(kind(thread), thread.threadId(), thread.getName(), createdAt, creator);
  }

  private static Kind kind(Thread thread) {
    if (!thread.isVirtual()) {
      return Kind.PLATFORM;
    }
    Thread.UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();
    boolean goroutine = handler != null && handler.getClass().getName().equals(ROUTINE);
    return goroutine ? Kind.GOROUTINE : Kind.VIRTUAL;
  }

  Kind kind() {
    return kind;
  }

  long id() {
    return id;
  }

  /** The last it had; may be empty. */
  String name() {
    return name;
  }

  void rename(String newName) {
    name = newName;
  }

  boolean isFinished() {
    return finished;
  }

  void finish() {
    finished = true;
  }

  List<StackTraceElement> createdAt() {
    return createdAt;
  }

  String creator() {
    return creator;
  }

  @Override
  public String toString() {
    return kind + " " + id + (name.isEmpty() ? "" : " \"" + name + "\"");
  }
}
