package dev.runnel.race.agent;

import java.util.HashSet;
import java.util.Set;

/**
 * Which checks would only repeat one just made: of the same field of the object in the same local
 * variable, in a stretch of code without a jump into it.
 *
 * <p>If nothing in between can acquire or release, both accesses are of one tick, and who races
 * with the second races with the first as well: it has left the same stamp. So a read need not be
 * checked after a read. What was known when an object was made is known for ever, so of that only
 * another object in the local variable makes an end.
 */
final class Repeats {
  /** Neither is there a local variable of this number. */
  static final int UNKNOWN = -1;

  private record Check(int local, String what) {}

  private final Set<Check> accesses = new HashSet<>();
  private final Set<Check> frozen = new HashSet<>();

  /** Other code may come here, with other objects. */
  void join() {
    accesses.clear();
    frozen.clear();
  }

  /** Something that may acquire or release: a call, the initialisation of a class, a lock. */
  void order() {
    accesses.clear();
  }

  /** A local variable is given another value. */
  void store(int local) {
    accesses.removeIf(check -> check.local == local);
    frozen.removeIf(check -> check.local == local);
  }

  /** Whether a read of a field repeats a check; if not, it is one. */
  boolean read(int local, String field) {
    return local != UNKNOWN && !accesses.add(new Check(local, field));
  }

  /** Whether the use of a final field does; if not, it is one, and may acquire. */
  boolean freeze(int local, String declaring) {
    if (local != UNKNOWN && !frozen.add(new Check(local, declaring))) {
      return true;
    }
    order();
    return false;
  }
}
