package dev.runnel.race.agent;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_VarHandle;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.runnel.race.runtime.Modes;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/** Calls that the JVM turns into operations of its own: variable handles, Unsafe, fences, wait. */
final class Calls {
  private static final String VAR_HANDLE = "java/lang/invoke/VarHandle";
  private static final MethodTypeDesc HANDLE_HOOK =
      MethodTypeDesc.of(CD_void, CD_VarHandle, CD_Object, CD_int, CD_int);
  private static final MethodTypeDesc UNSAFE_HOOK =
      MethodTypeDesc.of(CD_void, CD_Object, CD_long, CD_int);

  private Calls() {}

  private static boolean isUnsafe(String owner) {
    return owner.equals("jdk/internal/misc/Unsafe") || owner.equals("sun/misc/Unsafe");
  }

  static boolean isAcquiringFence(InvokeInstruction call) {
    return isFence(call)
        && switch (call.name().stringValue()) {
          case "acquireFence", "loadFence", "fullFence", "loadLoadFence" -> true;
          default -> false;
        };
  }

  private static boolean isFence(InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    return call.name().stringValue().endsWith("Fence")
        && (owner.equals(VAR_HANDLE) || isUnsafe(owner));
  }

  private static boolean isWait(InvokeInstruction call) {
    return call.name().equalsString("wait")
        && call.opcode() != Opcode.INVOKESTATIC
        && switch (call.type().stringValue()) {
          case "()V", "(J)V", "(JI)V" -> true;
          default -> false;
        };
  }

  /** Not the JDK's own, which come with each use of a direct buffer. */
  private static boolean isReachabilityFence(ClassInstrumenter of, InvokeInstruction call) {
    return of.treatment != Scope.Treatment.JDK
        && call.name().equalsString("reachabilityFence")
        && call.owner().asInternalName().equals("java/lang/ref/Reference");
  }

  /**
   * Whether what a call returns may be a copy that the JDK has made: by {@code super.clone()} it is
   * one; by {@code clone()} unless a class of the program's own has put another in its place.
   */
  static boolean isCopy(ClassInstrumenter of, InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    return of.treatment != Scope.Treatment.JDK
        && call.name().equalsString("clone")
        && call.type().equalsString("()Ljava/lang/Object;")
        && (call.opcode() == Opcode.INVOKESPECIAL
            ? owner.startsWith("java/")
            : call.opcode() == Opcode.INVOKEVIRTUAL && !owner.startsWith("["));
  }

  private static int mode(ClassInstrumenter of, InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    if (call.opcode() != Opcode.INVOKEVIRTUAL) {
      return Modes.PLAIN;
    }
    boolean jdk = of.treatment == Scope.Treatment.JDK;
    boolean lenient = jdk && !JdkVariables.modesAreMeant(of.shape.name());
    if (jdk && JdkVariables.isUpkeep(of.shape.name(), call)) {
      return Modes.PLAIN;
    }
    if (jdk && JdkVariables.releases(of.shape.name(), call)) {
      return Modes.RELEASE;
    }
    if (owner.equals(VAR_HANDLE)) {
      return Modes.of(call.name().stringValue(), lenient);
    }
    boolean onObject = call.type().stringValue().startsWith("(Ljava/lang/Object;J");
    if (!isUnsafe(owner) || !onObject) {
      return Modes.PLAIN;
    }
    return switch (call.name().stringValue()) {
      case "getInt", "getLong" -> jdk && !lenient ? Modes.GLIMPSE : Modes.PLAIN; // getPlain
      case "putInt", "putLong" -> jdk && !lenient ? Modes.FENCED : Modes.PLAIN;
      case String other -> Modes.of(other, lenient);
    };
  }

  static boolean isFollowed(ClassInstrumenter of, InvokeInstruction call) {
    if (!MethodPlan.isFollowed(of)) {
      return false;
    }
    if (isReachabilityFence(of, call)) {
      return true;
    }
    boolean fence = isFence(call) && (of.usesFences || of.treatment != Scope.Treatment.JDK);
    return fence || isWait(call) || mode(of, call) != Modes.PLAIN;
  }

  /** Emits a call that {@link #isFollowed}. */
  static void emit(ClassInstrumenter of, CodeBuilder code, InvokeInstruction call) {
    if (isReachabilityFence(of, call)) {
      code.dup().invokestatic(Names.PUBLICATION, "reachable", Names.OF_OBJECT);
      code.with(call);
    } else if (isWait(call)) {
      MethodTypeDesc type = call.typeSymbol().insertParameterTypes(0, CD_Object);
      code.invokestatic(Names.MONITORS, "await", type);
    } else if (isFence(call)) {
      if (!call.name().stringValue().startsWith("load")
          && !call.name().equalsString("acquireFence")) {
        String hook = of.treatment == Scope.Treatment.JDK ? "releasing" : "releaseFence";
        code.invokestatic(Names.FENCES, hook, Names.OF_NOTHING);
      }
      code.with(call);
      if (isAcquiringFence(call)) {
        code.invokestatic(Names.FENCES, "acquired", Names.OF_NOTHING);
      }
    } else {
      emitOperation(of, code, call);
    }
  }

  /** Puts all arguments into locals, so that hooks before and after can have them. */
  private static void emitOperation(
      ClassInstrumenter of, CodeBuilder code, InvokeInstruction call) {
    boolean handle = call.owner().asInternalName().equals(VAR_HANDLE);
    ClassDesc hooks =
        EdgeTable.isChannelLock(of.shape.name()) ? Names.CHANNEL_LOCK : Names.VARIABLES;
    int mode = mode(of, call);
    boolean jdk = of.treatment == Scope.Treatment.JDK;
    List<ClassDesc> types = call.typeSymbol().parameterList();
    int[] locals = new int[types.size()];
    for (int i = types.size() - 1; i >= 0; i--) {
      TypeKind kind = TypeKind.from(types.get(i));
      locals[i] = code.allocateLocal(kind);
      code.storeLocal(kind, locals[i]);
    }
    int receiver = code.allocateLocal(TypeKind.REFERENCE);
    code.astore(receiver);
    if ((mode & (Modes.RELEASE | Modes.FENCED)) != 0) {
      hook(code, jdk, hooks, "before", handle, receiver, locals, types, mode);
      if (of.usesFences) {
        code.invokestatic(Names.FENCES, "releasing", Names.OF_NOTHING);
      }
    }
    code.aload(receiver);
    for (int i = 0; i < locals.length; i++) {
      code.loadLocal(TypeKind.from(types.get(i)), locals[i]);
    }
    code.with(call);
    if ((mode & (Modes.ACQUIRE | Modes.GLIMPSE)) != 0) {
      hook(code, jdk, hooks, "after", handle, receiver, locals, types, mode);
    }
  }

  private static void hook(
      CodeBuilder code,
      boolean jdk,
      ClassDesc hooks,
      String name,
      boolean handle,
      int receiver,
      int[] locals,
      List<ClassDesc> types,
      int mode) {
    if (handle) {
      code.aload(receiver);
      if (!types.isEmpty() && !types.get(0).isPrimitive()) {
        code.aload(locals[0]);
      } else {
        code.aconst_null();
      }
      if (types.size() > 1 && types.get(1).equals(CD_int)) {
        code.iload(locals[1]);
      } else {
        code.iconst_0();
      }
    } else {
      code.aload(locals[0]).lload(locals[1]);
    }
    code.loadConstant(jdk ? mode : mode | Modes.PROGRAMS);
    code.invokestatic(hooks, name, handle ? HANDLE_HOOK : UNSAFE_HOOK);
  }
}
