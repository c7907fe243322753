package dev.runnel.race.agent;

import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The methods that order things and can't be seen through, because what they do is the JVM's: each
 * calls a hook where it is entered, left, or left by an exception. All else follows from the
 * volatile fields, variable handles and monitors that the methods of the JDK and of Runnel use.
 */
final class EdgeTable {

  /** Where a method calls its hook. */
  enum When {
    ENTRY,
    RETURN,
    THROW
  }

  /** What a hook is given. */
  enum Given {
    NOTHING,
    THIS,
    FIRST,
    THIS_AND_FIRST,
    /** The object, and its constructor's first two arguments. */
    THIS_AND_BOTH,
    /** The result. */
    RESULT,
    /** The object, and its constructor's first argument, an int. */
    THIS_AND_NUMBER,
    /** The first argument, and the result, an int or boolean. */
    FIRST_AND_RESULT,
    /** The object and its first argument, a byte array, in whose place the hook gives another. */
    THIS_AND_BYTES
  }

  /**
   * One row.
   *
   * @param method its name and descriptor, or its name for all of that name
   * @param when where the hook is called
   * @param hook the class and method of the hook, as {@code Threads.joined}
   * @param given its arguments
   */
  record Row(String method, When when, String hook, Given given) {
    static final ClassDesc BYTES = ConstantDescs.CD_byte.arrayType();

    ClassDesc hookClass() {
      return Names.runtime(hook.substring(0, hook.indexOf('.')));
    }

    String hookMethod() {
      return hook.substring(hook.indexOf('.') + 1);
    }

    MethodTypeDesc hookType() {
      ClassDesc object = ConstantDescs.CD_Object;
      ClassDesc nothing = ConstantDescs.CD_void;
      return switch (given) {
        case NOTHING -> MethodTypeDesc.of(nothing);
        case THIS, FIRST, RESULT -> MethodTypeDesc.of(nothing, object);
        case THIS_AND_FIRST -> MethodTypeDesc.of(nothing, object, object);
        case THIS_AND_BOTH -> MethodTypeDesc.of(nothing, object, object, object);
        case THIS_AND_NUMBER, FIRST_AND_RESULT ->
            MethodTypeDesc.of(nothing, object, ConstantDescs.CD_int);
        case THIS_AND_BYTES -> MethodTypeDesc.of(BYTES, object, BYTES);
      };
    }
  }

  private static final String CHANNEL = "dev/runnel/internal/channel/Channel";
  private static final String CORE = "dev/runnel/internal/channel/ChannelCore";
  private static final String WAITER = "dev/runnel/internal/park/Waiter";
  private static final String NODE = "dev/runnel/internal/park/Node";

  private static final Map<String, List<Row>> ROWS = new HashMap<>();

  static {
    threads();
    upkeep();
    references();
    counters();
    locks();
    reflection();
    ByteRows.add();
    runnel();
  }

  private EdgeTable() {}

  static boolean has(String className) {
    return ROWS.containsKey(className);
  }

  /** The rows of a method. */
  static List<Row> of(String className, String name, String descriptor) {
    return ROWS.getOrDefault(className, List.of()).stream()
        .filter(r -> r.method.equals(name) || r.method.equals(name + descriptor))
        .toList();
  }

  /** The methods named here that a class does not have, as that of another JDK or Runnel did. */
  static List<String> missing(ClassModel model) {
    String owner = model.thisClass().asInternalName();
    List<String> missing = new ArrayList<>();
    ROWS.getOrDefault(owner, List.of()).forEach(row -> missing.add(row.method));
    for (MethodModel method : model.methods()) {
      if (method.code().isPresent()) {
        String name = method.methodName().stringValue();
        missing.removeIf(
            row -> row.equals(name) || row.equals(name + method.methodType().stringValue()));
      }
    }
    return missing.stream().distinct().toList();
  }

  static void row(String owner, String method, When when, String hook, Given given) {
    ROWS.computeIfAbsent(owner, o -> new ArrayList<>()).add(new Row(method, when, hook, given));
  }

  private static void threads() {
    String thread = "java/lang/Thread";
    String virtual = "java/lang/VirtualThread";
    String container = "(Ljdk/internal/vm/ThreadContainer;)V";
    row(thread, "start()V", When.ENTRY, "Threads.starting", Given.THIS);
    row(thread, "start" + container, When.ENTRY, "Threads.starting", Given.THIS);
    row(virtual, "start" + container, When.ENTRY, "Threads.starting", Given.THIS);
    row(thread, "setName", When.ENTRY, "Threads.renaming", Given.THIS_AND_FIRST);
    row(thread, "exit()V", When.ENTRY, "Threads.ended", Given.THIS);
    row(virtual, "afterDone(Z)V", When.ENTRY, "Threads.ended", Given.THIS);
    row(thread, "join(J)V", When.RETURN, "Threads.joined", Given.THIS);
    row(thread, "join(Ljava/time/Duration;)Z", When.RETURN, "Threads.joined", Given.THIS);
    row(thread, "isAlive()Z", When.RETURN, "Threads.joined", Given.THIS);
    row(thread, "getState", When.RETURN, "Threads.joined", Given.THIS);
    row(virtual, "joinNanos", When.RETURN, "Threads.joined", Given.THIS);
    String handler = "uncaughtExceptionHandler(Ljava/lang/Thread$UncaughtExceptionHandler;)V";
    row(thread, handler, When.ENTRY, "Threads.handled", Given.THIS);
    String all = "DefaultUncaughtExceptionHandler";
    row(thread, "set" + all, When.ENTRY, "Threads.allHandled", Given.NOTHING);
    row(thread, "dispatchUncaughtException", When.ENTRY, "Threads.throwing", Given.THIS);
    String asked = "getUncaughtExceptionHandler";
    row(thread, asked, When.RETURN, "Threads.handlerSeen", Given.THIS);
    row(thread, "get" + all, When.RETURN, "Threads.handlerOfAllSeen", Given.NOTHING);
    row("java/lang/Shutdown", "shutdown", When.ENTRY, "Threads.allEnded", Given.NOTHING);
    String flock = "jdk/internal/misc/ThreadFlock";
    row(flock, "onExit", When.ENTRY, "Threads.left", Given.THIS_AND_FIRST);
    row(flock, "awaitAll", When.RETURN, "Threads.awaited", Given.THIS);
    row(flock, "close", When.RETURN, "Threads.awaited", Given.THIS);
    for (String kind : List.of(thread, virtual)) {
      row(kind, "interrupt()V", When.ENTRY, "Threads.interrupting", Given.THIS);
      row(kind, "isInterrupted()Z", When.RETURN, "Threads.interruptSeen", Given.THIS);
    }
    for (String method : List.of("start" + container, "unpark()V", "park()V", "parkNanos(J)V")) {
      quiet(virtual, method); // the scheduler's queues
    }
    row(thread, "interrupted()Z", When.RETURN, "Threads.interruptSeen", Given.NOTHING);
    row(thread, "sleepNanos(J)V", When.THROW, "Threads.interruptSeen", Given.NOTHING);
    String support = "java/util/concurrent/locks/LockSupport";
    row(support, "unpark", When.ENTRY, "Threads.unparking", Given.FIRST);
    row(support, "park", When.RETURN, "Threads.parked", Given.NOTHING);
    row(support, "parkNanos", When.RETURN, "Threads.parked", Given.NOTHING);
    row(support, "parkUntil", When.RETURN, "Threads.parked", Given.NOTHING);
  }

  /** What the JDK does for itself on anybody's thread, and on which no program may rely. */
  private static void upkeep() {
    String invoke = "java/lang/invoke/";
    quiet(invoke + "MethodType", "makeImpl");
    quiet(invoke + "MethodHandleNatives", "linkMethod");
    quiet(invoke + "MethodHandleNatives", "linkMethodHandleConstant");
    quiet(invoke + "LambdaMetafactory", "metafactory");
    quiet(invoke + "LambdaMetafactory", "altMetafactory");
    quiet(invoke + "StringConcatFactory", "makeConcatWithConstants");
    String definer = "makeHiddenClassDefiner([BZI)";
    String made = "Ljava/lang/invoke/MethodHandles$Lookup$ClassDefiner;";
    String lookup = invoke + "MethodHandles$Lookup";
    row(lookup, definer + made, When.ENTRY, "HiddenClasses.defining", Given.THIS_AND_BYTES);
    quiet("java/util/concurrent/ThreadLocalRandom", "localInit");
    quiet("java/lang/ClassLoader", "getClassLoadingLock");
    quiet("jdk/internal/loader/BuiltinClassLoader", "loadClassOrNull");
    // Not all of URLClassLoader.findClass: the JVM calls the program's loaders from within.
    quiet("jdk/internal/loader/URLClassPath", "getResource");
    quiet("jdk/internal/loader/Resource", "getBytes");
    quiet("jdk/internal/loader/Resource", "getByteBuffer");
    quiet("java/security/SecureClassLoader", "getProtectionDomain");
    for (String method : List.of("implNextBytes", "implGenerateSeed", "implSetSeed")) {
      quiet("sun/security/provider/NativePRNG$RandomIO", method); // it reads a file
    }
    for (String method :
        List.of("getDefinedPackage", "definePackage", "preDefineClass", "postDefineClass")) {
      quiet("java/lang/ClassLoader", method);
    }
  }

  private static void quiet(String owner, String method) {
    row(owner, method, When.ENTRY, "Quiet.begins", Given.NOTHING);
    row(owner, method, When.RETURN, "Quiet.ends", Given.NOTHING);
    row(owner, method, When.THROW, "Quiet.ends", Given.NOTHING);
  }

  private static void deaf(String owner, String method) {
    row(owner, method, When.ENTRY, "Quiet.deafens", Given.NOTHING);
    row(owner, method, When.RETURN, "Quiet.hears", Given.NOTHING);
    row(owner, method, When.THROW, "Quiet.hears", Given.NOTHING);
  }

  /** Who counts, counts; what others did before is nothing to him. */
  private static void counters() {
    deaf("java/util/concurrent/atomic/LongAdder", "add");
    deaf("java/util/concurrent/atomic/DoubleAdder", "add");
    String map = "java/util/concurrent/ConcurrentHashMap";
    deaf(map, "addCount");
    row(map, "transfer", When.ENTRY, "Quiet.listens", Given.NOTHING);
    row(map, "transfer", When.RETURN, "Quiet.listened", Given.NOTHING);
    row(map, "transfer", When.THROW, "Quiet.listened", Given.NOTHING);
  }

  private static void references() {
    String queue = "java/lang/ref/ReferenceQueue";
    String made = "<init>(Ljava/lang/Object;Ljava/lang/ref/ReferenceQueue;)V";
    String reference = "java/lang/ref/Reference";
    row(reference, made, When.RETURN, "Publication.registered", Given.THIS_AND_BOTH);
    row(reference, "enqueue()Z", When.ENTRY, "Publication.enqueuing", Given.THIS);
    row(queue, "poll", When.RETURN, "Publication.polled", Given.RESULT);
    row(queue, "remove", When.RETURN, "Publication.polled", Given.RESULT);
    // Of who used it last the collector knows, but no call tells.
    String finalizer = "java/lang/ref/Finalizer";
    row(finalizer, "runFinalizer", When.ENTRY, "Quiet.finalizes", Given.NOTHING);
    row(finalizer, "runFinalizer", When.RETURN, "Quiet.finalized", Given.NOTHING);
    row(finalizer, "runFinalizer", When.THROW, "Quiet.finalized", Given.NOTHING);
  }

  private static void locks() {
    String stamped = "java/util/concurrent/locks/StampedLock";
    row(stamped, "tryOptimisticRead", When.RETURN, "Optimism.begins", Given.NOTHING);
    for (String end :
        List.of(
            "validate",
            "readLock",
            "writeLock",
            "tryConvertToReadLock",
            "tryConvertToWriteLock",
            "tryReadLock",
            "tryWriteLock")) {
      row(stamped, end, When.ENTRY, "Optimism.ends", Given.NOTHING);
    }
  }

  private static void reflection() {
    String field = "java/lang/reflect/Field";
    for (String kind :
        List.of("", "Boolean", "Byte", "Char", "Short", "Int", "Long", "Float", "Double")) {
      row(field, "get" + kind, When.RETURN, "Variables.reflectiveRead", Given.THIS_AND_FIRST);
      row(field, "set" + kind, When.ENTRY, "Variables.reflectiveWrite", Given.THIS_AND_FIRST);
    }
  }

  private static void runnel() {
    String core = CORE;
    // Not the other constructor's: a channel that reads a log keeps what its lock orders.
    String made = "<init>(ILdev/runnel/Overflow;)V";
    row(CHANNEL, made, When.RETURN, "Channels.made", Given.THIS_AND_NUMBER);
    row(core, "offer", When.ENTRY, "Channels.sending", Given.THIS);
    row(core, "offer", When.RETURN, "Channels.done", Given.NOTHING);
    row(core, "offer", When.THROW, "Channels.broken", Given.NOTHING);
    row(core, "poll", When.ENTRY, "Channels.receiving", Given.THIS);
    row(core, "poll", When.RETURN, "Channels.done", Given.NOTHING);
    row(core, "poll", When.THROW, "Channels.broken", Given.NOTHING);
    row(core, "putBack", When.ENTRY, "Channels.puttingBack", Given.THIS);
    row(core, "putBack", When.RETURN, "Channels.done", Given.NOTHING);
    row(core, "putBack", When.THROW, "Channels.broken", Given.NOTHING);
    row(core, "awaitValue", When.ENTRY, "Channels.waiting", Given.FIRST);
    row(core, "awaitTaker", When.ENTRY, "Channels.waiting", Given.FIRST);
    row(core, "claim", When.ENTRY, "Channels.claiming", Given.NOTHING);
    row(core, "claim", When.RETURN, "Channels.claimed", Given.FIRST_AND_RESULT);
    row(WAITER, "renew()V", When.RETURN, "Channels.renewed", Given.THIS);
    String ring = "dev/runnel/internal/channel/Ring";
    row(ring, "add", When.ENTRY, "Channels.buffered", Given.NOTHING);
    row(ring, "take", When.RETURN, "Channels.unbuffered", Given.NOTHING);
    row(ring, "putBack", When.ENTRY, "Channels.putBack", Given.NOTHING);
    String log = "dev/runnel/internal/channel/Log";
    deaf(log, "append"); // its sender waits for none of the readers
    deaf("dev/runnel/sync/WaitGroup", "add(I)V"); // as in Go, only who awaits is told
    deaf(WAITER, "claim"); // a wait that somebody else has decided tells nothing of him
  }

  /**
   * Whether what a method does orders nothing: a waiting thread tells nobody anything, nor does one
   * who leaves a node for the next to use, and whether a wait is open is asked of many. The names
   * of log levels, and loggers' texts, are caches with a lock.
   */
  static boolean isSilent(String className, String method) {
    return switch (className) {
      case WAITER -> method.equals("fallAsleep") || method.equals("open");
      case CORE -> method.equals("spare") || method.equals("newNode");
      case "java/util/logging/Level" -> method.equals("getLocalizedLevelName");
      case "java/util/logging/Logger" -> method.equals("findResourceBundle");
      default -> false;
    };
  }

  /**
   * Whether a class is that of a wait or its node. Those outlive their first owner, and what he
   * knew when he made them is no news to those who find them in a queue.
   */
  static boolean isWait(String className) {
    return className.equals(WAITER) || className.equals(NODE);
  }

  /** Whether a class's variable handles are those of channels' locks. */
  static boolean isChannelLock(String className) {
    return className.equals("dev/runnel/internal/park/SpinLock");
  }

  /** Whether a call draws a number, of a channel or a log record. */
  static boolean drawsNumber(String className, String owner, String method) {
    return owner.equals("java/util/concurrent/atomic/AtomicLong")
        && ((className.equals(CORE) && method.equals("incrementAndGet"))
            || (className.equals("java/util/logging/LogRecord")
                && method.equals("getAndIncrement")));
  }
}
