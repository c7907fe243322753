package dev.runnel.race.agent;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.runnel.race.runtime.CollectionMethods;
import dev.runnel.race.runtime.CollectionMethods.Last;
import dev.runnel.race.runtime.CollectionMethods.Use;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls in one method of the JDK's collections, and of its other classes that are not safe for
 * threads: which they are, and what is put around them.
 */
final class CollectionCalls {
  private static final Map<String, String> GROUPS = new HashMap<>();

  /** What a class of the program's own can be below. */
  private static final List<String> OPEN =
      List.of(
          "java/util/Map",
          "java/lang/Iterable",
          "java/util/Iterator",
          "java/util/BitSet",
          "java/text/Format",
          "java/security/MessageDigest");

  private static final Set<String> MADE =
      Set.of(
          "java/util/ArrayList",
          "java/util/LinkedList",
          "java/util/HashMap",
          "java/util/LinkedHashMap",
          "java/util/TreeMap",
          "java/util/IdentityHashMap",
          "java/util/EnumMap",
          "java/util/HashSet",
          "java/util/LinkedHashSet",
          "java/util/TreeSet",
          "java/util/ArrayDeque",
          "java/util/PriorityQueue",
          "java/util/BitSet",
          "java/lang/StringBuilder",
          "java/util/StringJoiner");

  private static final MethodTypeDesc BEFORE =
      MethodTypeDesc.of(CD_void, CD_Object, Names.STATE, CD_int, CD_int);
  private static final MethodTypeDesc BEFORE_WITH_INDEX =
      MethodTypeDesc.of(CD_void, CD_Object, CD_int, Names.STATE, CD_int, CD_int);
  private static final MethodTypeDesc READING =
      MethodTypeDesc.of(CD_int, CD_Object, CD_Object, Names.STATE, CD_int, CD_int);
  private static final MethodTypeDesc CHANGING =
      MethodTypeDesc.of(CD_int, CD_Object, Names.STATE, CD_int);
  private static final MethodTypeDesc CHANGED =
      MethodTypeDesc.of(CD_void, CD_Object, CD_int, Names.STATE, CD_int, CD_int);
  private static final MethodTypeDesc PUT =
      MethodTypeDesc.of(CD_void, CD_Object, CD_Object, CD_int, Names.STATE, CD_int, CD_int);

  static {
    in("collections", "java/util/", "Map HashMap LinkedHashMap TreeMap SortedMap NavigableMap");
    in("collections", "java/util/", "SequencedMap AbstractMap IdentityHashMap WeakHashMap EnumMap");
    in("collections", "java/util/", "Collection List ArrayList LinkedList AbstractList Set");
    in(
        "collections",
        "java/util/",
        "AbstractCollection AbstractSequentialList SequencedCollection");
    in("collections", "java/util/", "HashSet LinkedHashSet TreeSet SortedSet NavigableSet EnumSet");
    in(
        "collections",
        "java/util/",
        "SequencedSet AbstractSet Queue Deque ArrayDeque PriorityQueue");
    in("collections", "java/util/", "AbstractQueue");
    in("collections", "java/lang/", "Iterable");
    in("iterators", "java/util/", "Iterator ListIterator");
    in("bits", "java/util/", "BitSet");
    in("texts", "java/lang/", "StringBuilder");
    in("joiners", "java/util/", "StringJoiner");
    in("formats", "java/text/", "Format DateFormat SimpleDateFormat NumberFormat DecimalFormat");
    in("formats", "java/text/", "MessageFormat");
    in("digests", "java/security/", "MessageDigest Signature");
    in("digests", "javax/crypto/", "Mac Cipher");
  }

  /** Whether a call only looks at its arguments, or fills them. */
  static boolean leavesAlone(InvokeInstruction call) {
    String name = call.name().stringValue();
    return switch (call.owner().asInternalName()) {
      case "java/lang/System" -> name.equals("arraycopy");
      case "java/util/Arrays" ->
          switch (name) {
            case "asList", "stream", "spliterator", "fill" -> false;
            default -> true;
          };
      case "java/lang/String" -> // not of objects, whose toString may do anything
          !call.type().stringValue().contains("java/lang/Object");
      default -> false;
    };
  }

  /** Whether a call returns a new array, and keeps none itself. */
  static boolean copies(InvokeInstruction call) {
    String name = call.name().stringValue();
    if (!call.type().stringValue().contains(")[")
        && !(name.equals("clone") && call.owner().asInternalName().startsWith("["))) {
      return false;
    }
    return switch (call.owner().asInternalName()) {
      case "java/util/Arrays" -> name.startsWith("copyOf");
      case "java/lang/String" -> name.equals("toCharArray") || name.equals("getBytes");
      default -> name.equals("clone") && call.owner().asInternalName().startsWith("[");
    };
  }

  /** What it makes are collections that it alone may know at first. */
  static boolean isFollowed(String className) {
    return MADE.contains(className);
  }

  /** Whether the last argument of a followed call is a collection that is only read. */
  boolean readsLast(InvokeInstruction call) {
    return find(call).last != Last.ALONE;
  }

  /** Whether nobody learns of the object of a followed call by it. */
  boolean keepsToItself(InvokeInstruction call) {
    return switch (call.name().stringValue()) {
      case "subList", "spliterator", "stream", "parallelStream", "chars", "codePoints" -> false;
      default -> true;
    };
  }

  /** Whether a call only asks an iterator where it is, which needs no check. */
  static boolean asks(InvokeInstruction call) {
    return switch (call.owner().asInternalName()) {
      case "java/util/Iterator", "java/util/ListIterator" ->
          switch (call.name().stringValue()) {
            case "hasNext", "hasPrevious", "nextIndex", "previousIndex" -> true;
            default -> false;
          };
      default -> false;
    };
  }

  /** Whether a call returns its object. */
  boolean returnsItself(InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    return (owner.equals("java/lang/StringBuilder") || owner.equals("java/util/StringJoiner"))
        && call.typeSymbol().returnType().equals(call.owner().asSymbol());
  }

  /** Whether a call makes an iterator over its object, or over what is behind that. */
  boolean makesIterator(InvokeInstruction call) {
    CollectionMethods.Method method = find(call).method;
    return method != null
        && method.name().toLowerCase(Locale.ROOT).endsWith("iterator")
        && !method.name().equals("spliterator");
  }

  /** A call. */
  private record Call(CollectionMethods.@Nullable Method method, Last last) {}

  private static final Call NONE = new Call(null, Last.ALONE);

  private final ClassInstrumenter of;
  private final Map<String, Call> calls = new HashMap<>();

  CollectionCalls(ClassInstrumenter of) {
    this.of = of;
  }

  private static void in(String group, String prefix, String names) {
    for (String name : names.split(" ", -1)) {
      GROUPS.put(prefix + name, group);
    }
  }

  /** Whether a call is one. */
  boolean isFollowed(InvokeInstruction call) {
    return find(call) != NONE;
  }

  private Call find(InvokeInstruction call) {
    String key =
        call.opcode()
            + call.owner().asInternalName()
            + '.'
            + call.name().stringValue()
            + call.type().stringValue();
    return calls.computeIfAbsent(key, _ -> make(call));
  }

  private Call make(InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    String name = call.name().stringValue();
    List<ClassDesc> types = call.typeSymbol().parameterList();
    if (name.equals("<init>")) {
      boolean copies = owner.startsWith("java/util/") && types.size() == 1 && isMany(types.get(0));
      return copies ? new Call(null, Last.ALL) : NONE;
    }
    if (call.opcode() == Opcode.INVOKESTATIC) {
      String group =
          owner.equals("java/util/Collections")
              ? "helpers"
              : owner.startsWith("java/util/") ? "copies" : "";
      boolean first = !types.isEmpty() && isMany(types.get(0));
      CollectionMethods.Method method =
          first ? CollectionMethods.find(group, name, types.size(), false) : null;
      return method == null ? NONE : new Call(method, Last.ALONE);
    }
    CollectionMethods.Method method = null;
    String group = GROUPS.get(owner);
    if (group != null) {
      method = find(group, name, types);
    } else if (!of.shapes.isOfJdk(owner)) {
      method = below(owner, name, types);
    }
    return method == null || !fits(method, call) ? NONE : new Call(method, method.last());
  }

  private static CollectionMethods.@Nullable Method find(
      String group, String name, List<ClassDesc> types) {
    boolean index = types.size() == 1 && types.get(0).equals(CD_int);
    return CollectionMethods.find(group, name, types.size(), index);
  }

  /** Whether a method takes and returns what the JDK's of that name does. */
  private static boolean fits(CollectionMethods.Method method, InvokeInstruction call) {
    List<ClassDesc> types = call.typeSymbol().parameterList();
    boolean first = !types.isEmpty() && !types.get(0).isPrimitive();
    boolean index = !types.isEmpty() && types.get(0).equals(CD_int) && !method.name().equals("put");
    boolean last = !types.isEmpty() && !types.getLast().isPrimitive();
    ClassDesc result = call.typeSymbol().returnType();
    return (method.last() == Last.ALONE || last)
        && switch (method.use()) {
          case VALUE -> first;
          case PUT -> first || (index && method.name().equals("set"));
          case PUT_IF -> first && (!result.isPrimitive() || result.equals(CD_boolean));
          default -> true;
        };
  }

  /** A method of a class of the program's own, which may have inherited it. */
  private CollectionMethods.@Nullable Method below(
      String owner, String name, List<ClassDesc> types) {
    for (String above : OPEN) {
      String group =
          above.equals("java/lang/Iterable") || above.equals("java/util/Map")
              ? "collections"
              : GROUPS.getOrDefault(above, "");
      CollectionMethods.Method method = find(group, name, types);
      Shape shape = method == null ? null : of.shapes.find(of.loader, owner);
      if (shape != null && of.shapes.isBelow(of.loader, shape, above)) {
        return method;
      }
    }
    return null;
  }

  private static boolean isMany(ClassDesc type) {
    return switch (type.descriptorString()) {
      case "Ljava/util/Collection;",
          "Ljava/util/List;",
          "Ljava/util/Map;",
          "Ljava/util/SortedMap;",
          "Ljava/util/SortedSet;" ->
          true;
      default -> false;
    };
  }

  /**
   * Emits a call that {@link #isFollowed}.
   *
   * @param fresh what need not be checked of it
   */
  void emit(CodeBuilder code, InvokeInstruction call, int state, Sites sites, Fresh fresh) {
    Call found = find(call);
    if (found.last != Last.ALONE && !fresh.last) {
      code.dup().aload(state).loadConstant(sites.add(false, "iterator")).iconst_m1();
      code.invokestatic(Names.COLLECTIONS, found.last == Last.ALL ? "readAll" : "read", BEFORE);
    }
    CollectionMethods.Method method = found.method;
    boolean peeks = fresh.iterator && (method == null || method.use() == Use.READ);
    if (method == null || fresh.object || peeks) {
      code.with(call);
      return;
    }
    switch (method.use()) {
      case READ, ALL, WRITE, SET_ALL, ROTATE, INDEX, ITERATE -> {
        before(code, call, fresh.iterator ? Use.READ : method.use(), method, state, sites);
        code.with(call);
      }
      case VALUE -> value(code, call, method, state, sites);
      case CHANGE, PUT, PUT_IF -> around(code, call, method, state, sites);
    }
  }

  /**
   * What of a call can't be known to another thread.
   *
   * @param object its object
   * @param iterator its object, an iterator over what may be known
   * @param last its last argument
   */
  record Fresh(boolean object, boolean iterator, boolean last) {
    static final Fresh NOT = new Fresh(false, false, false);
  }

  /** Where sites come from. */
  interface Sites {
    /** A new one: whether it writes, and what is called. */
    int add(boolean write, String target);
  }

  private static String hook(Use use) {
    return switch (use) {
      case READ -> "read";
      case ALL -> "readAll";
      case ITERATE -> "iterate";
      case WRITE -> "write";
      case SET_ALL -> "setAll";
      case ROTATE -> "rotate";
      case INDEX -> "readIndex";
      case VALUE, CHANGE, PUT, PUT_IF -> throw new IllegalArgumentException("comes after the call");
    };
  }

  private void before(
      CodeBuilder code,
      InvokeInstruction call,
      Use use,
      CollectionMethods.Method method,
      int state,
      Sites sites) {
    List<ClassDesc> types = arguments(call);
    boolean write = use == Use.WRITE || use == Use.SET_ALL || use == Use.ROTATE;
    boolean numbered = use == Use.INDEX || use == Use.ROTATE;
    int[] kept = {};
    if (types.size() == 1) {
      code.dup();
    } else if (types.size() == 2 && TypeKind.from(types.get(1)).slotSize() == 1) {
      code.dup2();
      if (!numbered) {
        code.pop();
      }
    } else {
      kept = keep(code, types);
      code.aload(kept[0]);
      if (numbered) {
        code.iload(kept[1]);
      }
    }
    code.aload(state).loadConstant(sites.add(write, method.name())).loadConstant(method.number());
    code.invokestatic(Names.COLLECTIONS, hook(use), numbered ? BEFORE_WITH_INDEX : BEFORE);
    give(code, types, kept);
  }

  /** A map's value is read, by which some maps change the order of their entries. */
  private void value(
      CodeBuilder code,
      InvokeInstruction call,
      CollectionMethods.Method method,
      int state,
      Sites sites) {
    List<ClassDesc> types = arguments(call);
    int[] kept = keep(code, types);
    int before = local(code, TypeKind.INT, 0);
    code.aload(kept[0]).aload(kept[1]).aload(state);
    code.loadConstant(sites.add(false, method.name())).loadConstant(method.number());
    code.invokestatic(Names.COLLECTIONS, "reading", READING).istore(before);
    give(code, types, kept);
    code.with(call);
    var end = code.newLabel();
    code.iload(before).ifeq(end);
    changed(code, kept, before, state, sites.add(true, method.name()), method);
    code.labelBinding(end);
  }

  private static void changed(
      CodeBuilder code,
      int[] kept,
      int before,
      int state,
      int site,
      CollectionMethods.Method method) {
    code.aload(kept[0]).iload(before).aload(state);
    code.loadConstant(site).loadConstant(method.number());
    code.invokestatic(Names.COLLECTIONS, "changed", CHANGED);
  }

  private void around(
      CodeBuilder code,
      InvokeInstruction call,
      CollectionMethods.Method method,
      int state,
      Sites sites) {
    List<ClassDesc> types = arguments(call);
    int[] kept = keep(code, types);
    int before = local(code, TypeKind.INT, 0);
    code.aload(kept[0]).aload(state).loadConstant(method.number());
    code.invokestatic(Names.COLLECTIONS, "changing", CHANGING).istore(before);
    give(code, types, kept);
    code.with(call);
    int site = sites.add(true, method.name());
    boolean put = method.use() != Use.CHANGE;
    var after = code.newLabel();
    var end = code.newLabel();
    if (method.use() == Use.PUT_IF) {
      code.dup();
      if (call.typeSymbol().returnType().isPrimitive()) {
        code.ifeq(after);
      } else {
        code.ifnull(after);
      }
    }
    if (put) {
      code.aload(kept[0]);
      if (types.get(1).equals(CD_int)) {
        code.iload(kept[1]);
        code.invokestatic(
            ClassDesc.of("java.lang.Integer"),
            "valueOf",
            MethodTypeDesc.of(ClassDesc.of("java.lang.Integer"), CD_int));
      } else {
        code.aload(kept[1]);
      }
      code.iload(before).aload(state).loadConstant(site).loadConstant(method.number());
      code.invokestatic(Names.COLLECTIONS, "put", PUT);
    }
    if (method.use() == Use.PUT_IF) {
      code.goto_(end).labelBinding(after);
    }
    if (method.use() != Use.PUT) {
      changed(code, kept, before, state, site, method);
    }
    code.labelBinding(end);
  }

  /** What a call takes from the stack, the object first; of a static one, its arguments. */
  private static List<ClassDesc> arguments(InvokeInstruction call) {
    MethodTypeDesc type = call.typeSymbol();
    return call.opcode() == Opcode.INVOKESTATIC
        ? type.parameterList()
        : type.insertParameterTypes(0, CD_Object).parameterList();
  }

  private final Map<String, Integer> locals = new HashMap<>();

  /** The method is begun, perhaps not for the first time. */
  void begin() {
    locals.clear();
  }

  /** A local for the n-th of a kind; used again by the next call. */
  private int local(CodeBuilder code, TypeKind kind, int n) {
    return locals.computeIfAbsent(kind.name() + n, _ -> code.allocateLocal(kind));
  }

  private int[] keep(CodeBuilder code, List<ClassDesc> types) {
    int[] kept = new int[types.size()];
    for (int i = types.size() - 1; i >= 0; i--) {
      TypeKind kind = TypeKind.from(types.get(i)).asLoadable();
      kept[i] = local(code, kind, i + 1);
      code.storeLocal(kind, kept[i]);
    }
    return kept;
  }

  private static void give(CodeBuilder code, List<ClassDesc> types, int[] kept) {
    for (int i = 0; i < kept.length; i++) {
      code.loadLocal(TypeKind.from(types.get(i)).asLoadable(), kept[i]);
    }
  }
}
