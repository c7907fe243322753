package dev.runnel.race.agent;

import java.lang.classfile.instruction.InvokeInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Variables of the JDK that order more, or less, than their declaration says. Each is one that a
 * class reads or writes in a way of its own, with a proof of its own.
 */
final class JdkVariables {
  private static final String CONCURRENT = "java/util/concurrent/";
  private static final String MAP = CONCURRENT + "ConcurrentHashMap";
  private static final String SKIP_LIST = CONCURRENT + "ConcurrentSkipListMap";
  private static final String TRANSFER_NODE = CONCURRENT + "LinkedTransferQueue$DualNode";
  private static final String SUBSCRIPTION =
      CONCURRENT + "SubmissionPublisher$BufferedSubscription";
  private static final String WORK_QUEUE = CONCURRENT + "ForkJoinPool$WorkQueue";

  /** Plain fields by which threads pass things on, by class. */
  private static final Map<String, Set<String>> PASSING =
      Map.of(
          TRANSFER_NODE,
          Set.of("next"),
          SUBSCRIPTION,
          Set.of("array"),
          WORK_QUEUE,
          Set.of("array"),
          SKIP_LIST,
          Set.of("head"),
          SKIP_LIST + "$Node",
          Set.of("val", "next"),
          SKIP_LIST + "$Index",
          Set.of("right"));

  private JdkVariables() {}

  /** The fields named here that a class of this JDK does not have, as those of another did. */
  static List<String> missing(Shape shape) {
    List<String> missing = new ArrayList<>(PASSING.getOrDefault(shape.name(), Set.of()));
    shape.fields().values().forEach(field -> missing.remove(field.name()));
    return missing;
  }

  /**
   * Whether a plain field is one by which threads pass things on. The class has fences beside its
   * reads, or a volatile access that always comes with them. So they are followed where they are,
   * and the fences, of which nothing tells which belong together, need not be.
   */
  static boolean isVolatile(String owner, String field) {
    return PASSING.getOrDefault(owner, Set.of()).contains(field);
  }

  /** Whether a class's fences say nothing that its variables don't. */
  static boolean needsNoFences(String className) {
    return className.startsWith(SKIP_LIST)
        || className.equals(TRANSFER_NODE)
        || className.equals(CONCURRENT + "locks/StampedLock");
  }

  /**
   * Whether a volatile field only serves a map's growing. What is put in comes to others by its
   * bin, which is released by whoever puts or moves it; that there is a table tells nothing of what
   * other keys' threads did.
   */
  static boolean isUpkeep(String owner, String field) {
    return owner.equals(MAP)
        && switch (field) {
          case "table", "nextTable", "sizeCtl", "transferIndex", "cellsBusy" -> true;
          default -> false;
        };
  }

  /** Likewise of a call: the map's integers, of which no other is compared and set. */
  static boolean isUpkeep(String className, InvokeInstruction call) {
    return className.equals(MAP) && call.name().equalsString("compareAndSetInt");
  }

  /**
   * Whether a plain write passes something on: a task that somebody outside a pool puts into a
   * queue. The queue is locked, but whoever takes the task does not look at the lock.
   */
  static boolean releases(String className, InvokeInstruction call) {
    return className.equals(WORK_QUEUE) && call.name().equalsString("putReference");
  }

  /**
   * Whether the modes of a class's operations are those that its callers ask for, so that opaque
   * and plain mean what they say. Elsewhere in the JDK they are parts of such proofs.
   */
  static boolean modesAreMeant(String className) {
    return className.startsWith(CONCURRENT + "atomic/");
  }
}
