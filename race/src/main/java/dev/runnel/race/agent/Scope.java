package dev.runnel.race.agent;

import dev.runnel.race.runtime.Options;
import java.lang.module.ModuleFinder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which classes are checked, which are only seen through for their synchronisation, and which are
 * left alone.
 */
final class Scope {

  /** What is done with a class. */
  enum Treatment {
    /** Nothing. */
    NONE,
    /** Its synchronisation is followed, and no member is added. */
    JDK,
    /** Its synchronisation is followed. */
    FOLLOWED,
    /** What it reads and writes is checked, too. */
    CHECKED
  }

  /** Those that lock a collection for its users, who may use it beside them all the same. */
  private static final String LOCKED_WRAPPERS = "java/util/Collections$Synchronized";

  private static final String TEXT_STREAMS = "sun/nio/cs/Stream";

  /**
   * Parts of the JDK by which threads pass things on, or whose locks guard what is the program's:
   * the stream that a {@code PrintStream} writes to, a logger's handlers, a channel's attachment.
   * What else is in the JDK orders only its own data.
   */
  private static final List<String> FOLLOWED_IN_JDK =
      List.of(
          "java/util/concurrent/",
          "java/util/stream/",
          "java/util/Timer",
          "java/util/TaskQueue",
          "java/util/Vector",
          "java/util/Stack",
          "java/util/Hashtable",
          "java/util/Properties",
          LOCKED_WRAPPERS,
          "java/util/Observable",
          "java/util/logging/",
          "java/util/prefs/",
          "java/util/ListResourceBundle",
          "java/util/ResourceBundle",
          "java/lang/StringBuffer",
          "java/lang/ClassValue",
          "java/lang/Process",
          "java/lang/ApplicationShutdownHooks",
          "java/lang/Shutdown",
          "jdk/internal/lang/stable/",
          "java/io/",
          TEXT_STREAMS,
          "java/nio/channels/",
          "java/nio/charset/Charset",
          "java/nio/file/",
          "sun/nio/ch/",
          "java/net/",
          "jdk/internal/net/http/",
          "com/sun/net/httpserver/",
          "sun/net/httpserver/",
          "java/beans/",
          "java/rmi/",
          "sun/rmi/",
          "java/sql/",
          "javax/sql/",
          "javax/management/",
          "com/sun/jmx/",
          "sun/management/",
          "javax/naming/",
          "javax/net/",
          "java/awt/",
          "sun/awt/",
          "javax/swing/",
          "javax/sound/",
          "com/sun/media/sound/",
          "java/security/SecureRandom",
          "sun/security/jca/",
          "jdk/internal/logger/",
          "jdk/jfr/consumer/",
          "jdk/jfr/internal/consumer/");

  /** Runnel itself; its own tests are left in by what {@link #isRunnel} leaves out. */
  private static final List<String> RUNNEL =
      List.of(
          "dev/runnel/internal/",
          "dev/runnel/sync/",
          "dev/runnel/time/",
          "dev/runnel/pattern/",
          "dev/runnel/pipeline/",
          "dev/runnel/observe/",
          "dev/runnel/spi/");

  private final Options options;
  private final Set<String> jdkPackages = new HashSet<>();

  Scope(Options options) {
    this.options = options;
    ModuleFinder.ofSystem()
        .findAll()
        .forEach(m -> m.descriptor().packages().forEach(p -> jdkPackages.add(p.replace('.', '/'))));
  }

  Treatment of(String name) {
    if (name.startsWith("dev/runnel/race/runtime/") || name.startsWith("dev/runnel/race/agent/")) {
      return SelfCheck.isProbe(name) ? Treatment.CHECKED : Treatment.NONE;
    }
    if (name.startsWith("org/jacoco/agent/rt/")) {
      return Treatment.NONE; // called from the program's classes, whose threads it must not order
    }
    if (isJdk(name)) {
      return EdgeTable.has(name) || isFollowedInJdk(name) ? Treatment.JDK : Treatment.NONE;
    }
    return isChecked(name) ? Treatment.CHECKED : Treatment.FOLLOWED;
  }

  private static boolean isFollowedInJdk(String name) {
    return FOLLOWED_IN_JDK.stream().anyMatch(name::startsWith);
  }

  /** Whether of a class of the JDK only what is in the table matters. */
  static boolean isOnlyInTable(String name) {
    return EdgeTable.has(name) && !isFollowedInJdk(name);
  }

  static boolean isLockedWrapper(String name) {
    return name.startsWith(LOCKED_WRAPPERS);
  }

  /** Whether a class of the JDK may lock what printing locks. */
  static boolean isStream(String name) {
    return name.startsWith("java/io/")
        || name.startsWith(TEXT_STREAMS)
        || name.equals("java/util/logging/StreamHandler");
  }

  boolean isJdk(String name) {
    int slash = name.lastIndexOf('/');
    return slash > 0 && jdkPackages.contains(name.substring(0, slash));
  }

  private boolean isChecked(String name) {
    String dotted = name.replace('/', '.');
    if (options.exclude().stream().anyMatch(dotted::startsWith)) {
      return false;
    }
    if (!options.include().isEmpty()) {
      return options.include().stream().anyMatch(dotted::startsWith);
    }
    return !isRunnel(name);
  }

  private static boolean isRunnel(String name) {
    boolean inRoot = name.startsWith("dev/runnel/") && name.indexOf('/', 11) < 0;
    boolean inside = inRoot || RUNNEL.stream().anyMatch(name::startsWith);
    return inside && !isTest(name);
  }

  private static boolean isTest(String name) {
    int dollar = name.indexOf('$');
    String outer = dollar < 0 ? name : name.substring(0, dollar);
    return outer.endsWith("Test") || outer.endsWith("IT");
  }
}
