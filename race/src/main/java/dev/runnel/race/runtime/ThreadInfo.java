package dev.runnel.race.runtime;

import java.util.List;

/**
 * What reports say of a thread.
 *
 * @param id its number
 * @param name its name when it was first seen; may be empty
 * @param virtual whether it is a virtual one
 * @param createdAt where it was started, innermost first; empty if that is not known
 * @param creator the name of the thread that started it; empty if that is not known
 */
record ThreadInfo(
    long id, String name, boolean virtual, List<StackTraceElement> createdAt, String creator) {

  @Override
  public String toString() {
    String kind = virtual ? "virtual thread " : "thread ";
    return kind + id + (name.isEmpty() ? "" : " \"" + name + "\"");
  }
}
