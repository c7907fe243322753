package dev.runnel.race.agent;

import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.runnel.race.runtime.Stamp;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import org.jspecify.annotations.Nullable;

/**
 * Instruments one method. Checks and releases are put before what they belong to, acquires after
 * it. Nothing is done with the fields of an object whose superclass's constructor has not run: it
 * can't be handed to a method yet, nor be known to another thread.
 */
final class MethodInstrumenter implements CodeTransform {
  private static final MethodTypeDesc ARRAY_CHECK =
      MethodTypeDesc.of(CD_void, CD_Object, CD_int, Names.STATE, CD_int);
  private static final MethodTypeDesc OF_OBJECT_FIELD =
      MethodTypeDesc.of(CD_void, CD_Object, CD_int);

  private final ClassInstrumenter of;
  private final MethodModel method;
  private final MethodPlan plan;
  private final ClassDesc self;
  private final RowCalls rows;
  private int state;
  private int locked;
  private @Nullable Label bodyStart;
  private int line = -1;
  private int pendingNew;
  private boolean isBuilt;
  private int lastLoaded = -1;

  /** The place of the element at hand among the method's. */
  private int position = -1;

  /** The local variable that the instruction before this one has loaded. */
  private int justLoaded = Repeats.UNKNOWN;

  private final Repeats repeats = new Repeats();

  MethodInstrumenter(ClassInstrumenter of, MethodModel method, MethodPlan plan) {
    this.of = of;
    this.method = method;
    this.plan = plan;
    this.rows = new RowCalls(plan);
    this.self = ClassDesc.ofInternalName(of.shape.name());
    this.isBuilt = !plan.isConstructor;
  }

  @Override
  public void atStart(CodeBuilder code) {
    plan.collections.begin();
    if (plan.needsState) {
      state = code.allocateLocal(TypeKind.REFERENCE);
      code.invokestatic(Names.STATE, "current", Names.CURRENT).astore(state);
    }
    if (plan.usesClass) {
      useClass(code, of.shape);
    }
    if (plan.isSynchronized) {
      locked = code.allocateLocal(TypeKind.REFERENCE);
      if (plan.isStatic) {
        of.loadClass(code, self);
      } else {
        code.aload(0);
      }
      code.dup().astore(locked);
      monitorHook(code, "entered");
    }
    rows.begin(code);
    if (catches()) {
      Label start = code.newLabel();
      bodyStart = start;
      code.labelBinding(start);
    }
  }

  private boolean catches() {
    return plan.isSynchronized || rows.has(EdgeTable.When.THROW);
  }

  @Override
  public void accept(CodeBuilder code, CodeElement element) {
    int loaded = lastLoaded;
    position++;
    if (element instanceof Instruction || element instanceof LabelTarget) {
      follow(element);
    }
    switch (element) {
      case LineNumber number -> {
        line = number.line();
        code.with(number);
        return;
      }
      case FieldInstruction field -> field(code, field);
      case ArrayLoadInstruction load -> {
        if (plan.checked && !plan.isFreshArray(position)) {
          code.dup2().aload(state).loadConstant(site(false, ""));
          code.invokestatic(Names.ARRAYS, "read", ARRAY_CHECK);
        }
        code.with(load);
      }
      case ArrayStoreInstruction store -> {
        if (plan.checked && !plan.isProbe(store, loaded) && !plan.isFreshArray(position)) {
          arrayStore(code, store.typeKind());
        }
        code.with(store);
      }
      case MonitorInstruction monitor when MethodPlan.isFollowed(of) -> monitor(code, monitor);
      case NewObjectInstruction created -> {
        pendingNew++;
        code.with(created);
      }
      case InvokeInstruction call -> call(code, call);
      case InvokeDynamicInstruction made when plan.isReference(of, made) ->
          code.invokedynamic(of.references.instead(made, plan.checked, line));
      case ReturnInstruction end -> {
        leave(code);
        code.with(end);
      }
      case LoadInstruction load -> {
        if (load.typeKind() == TypeKind.REFERENCE) {
          lastLoaded = load.slot();
        }
        code.with(load);
      }
      default -> code.with(element);
    }
    if (element instanceof Instruction) {
      justLoaded =
          element instanceof LoadInstruction load && load.typeKind() == TypeKind.REFERENCE
              ? load.slot()
              : Repeats.UNKNOWN;
    }
  }

  /** What an element does to what is known to be checked. */
  private void follow(CodeElement element) {
    switch (element) {
      case LabelTarget _ -> {
        repeats.join();
        justLoaded = Repeats.UNKNOWN; // of two ways here each may have loaded another
      }
      case StoreInstruction store -> {
        repeats.store(store.slot());
        repeats.store(store.slot() - 1); // may have been a long
      }
      case FieldInstruction field -> {
        FieldUses.Kind kind = of.uses.of(field).kind();
        boolean onObject = field.opcode() == Opcode.GETFIELD || field.opcode() == Opcode.PUTFIELD;
        if (!onObject || kind == FieldUses.Kind.VOLATILE) {
          repeats.order();
        }
      }
      case InvokeInstruction _,
          InvokeDynamicInstruction _,
          MonitorInstruction _,
          NewObjectInstruction _,
          ConstantInstruction.LoadConstantInstruction _ ->
          repeats.order();
      default -> {}
    }
  }

  @Override
  public void atEnd(CodeBuilder code) {
    Label start = bodyStart;
    if (start != null) {
      Label end = code.newLabel();
      Label handler = code.newLabel();
      code.labelBinding(end).labelBinding(handler);
      rows.call(code, EdgeTable.When.THROW);
      if (plan.isSynchronized) {
        code.aload(locked);
        monitorHook(code, "leaving");
      }
      code.athrow();
      code.exceptionCatchAll(start, end, handler); // behind all others, so outside them
    }
  }

  private void leave(CodeBuilder code) {
    rows.call(code, EdgeTable.When.RETURN);
    if (plan.isSynchronized) {
      code.aload(locked);
      monitorHook(code, "leaving");
    }
    if (plan.isConstructor && of.shape.freezes()) {
      code.aload(0).invokestatic(Names.PUBLICATION, "frozen", MethodTypeDesc.of(CD_Object));
      code.putfield(self, Names.FROZEN, CD_Object);
    }
    if (plan.isInitializer && of.shape.members()) {
      if (of.shape.isInterface()) {
        of.loadClass(code, self);
        code.invokestatic(Names.PUBLICATION, "initialized", MethodTypeDesc.of(CD_void, CD_Class));
      } else {
        code.invokestatic(Names.PUBLICATION, "initialized", MethodTypeDesc.of(CD_Object));
        code.putstatic(self, Names.INITIALIZED, CD_Object);
      }
    }
  }

  private void call(CodeBuilder code, InvokeInstruction call) {
    if (EdgeTable.drawsNumber(
        of.shape.name(), call.owner().asInternalName(), call.name().stringValue())) {
      MethodTypeDesc type = call.typeSymbol().insertParameterTypes(0, call.owner().asSymbol());
      code.invokestatic(Names.QUIET, call.name().stringValue(), type);
      return;
    }
    if (Calls.isFollowed(of, call)) {
      Calls.emit(of, code, call);
      return;
    }
    if (plan.checksCollections && plan.collections.isFollowed(call)) {
      Freshness known = plan.freshness;
      CollectionCalls.Fresh fresh = known == null ? CollectionCalls.Fresh.NOT : known.of(position);
      plan.collections.emit(code, call, state, this::site, fresh);
    } else {
      code.with(call);
    }
    if (Calls.isCopy(of, call)) {
      code.dup().loadConstant(site(true, ""));
      String hook = call.opcode() == Opcode.INVOKESPECIAL ? "made" : "returned";
      code.invokestatic(Names.CLONES, hook, OF_OBJECT_FIELD);
    }
    if (call.opcode() == Opcode.INVOKESPECIAL && call.name().equalsString("<init>")) {
      if (pendingNew > 0) {
        pendingNew--;
      } else {
        isBuilt = true;
      }
    }
  }

  /** What it is given is on the stack. */
  private void monitorHook(CodeBuilder code, String hook) {
    if (of.treatment != Scope.Treatment.JDK || !Scope.isStream(of.shape.name())) {
      code.invokestatic(Names.MONITORS, hook, Names.OF_OBJECT);
      return;
    }
    MethodTypeDesc type = method.methodTypeSymbol();
    int last = type.parameterCount() - 1;
    if (last >= 0 && type.parameterType(last).equals(Names.OBJECTS)) { // it formats
      code.aload(code.parameterSlot(last));
      code.invokestatic(Names.STANDARD_STREAMS, hook, Names.OF_OBJECT_AND_OBJECTS);
    } else {
      code.invokestatic(Names.STANDARD_STREAMS, hook, Names.OF_OBJECT);
    }
  }

  /**
   * The object is kept in a local, not on the stack: a virtual thread that waits for a monitor
   * leaves its carrier, and what is then on the stack below is not found by the garbage collector
   * (JDK 25). Compilers leave nothing there, and so must we.
   */
  private void monitor(CodeBuilder code, MonitorInstruction monitor) {
    code.dup();
    if (monitor.opcode() == Opcode.MONITORENTER) {
      int kept = code.allocateLocal(TypeKind.REFERENCE);
      code.astore(kept).invokestatic(Names.MONITORS, "entering", Names.OF_NOTHING);
      code.with(monitor);
      code.aload(kept);
      monitorHook(code, "entered");
    } else {
      monitorHook(code, "leaving");
      code.with(monitor);
    }
  }

  private void field(CodeBuilder code, FieldInstruction field) {
    FieldUses.Use use = of.uses.of(field);
    boolean early = !isBuilt && !use.member().isStatic();
    boolean write = field.opcode() == Opcode.PUTFIELD || field.opcode() == Opcode.PUTSTATIC;
    boolean unseen = // nobody else has the object yet, and to look at each would cost much
        write
            && plan.isConstructor
            && of.treatment == Scope.Treatment.JDK
            && JdkVariables.isVolatile(use.declaring().name(), use.member().name());
    boolean skipped =
        early
            || unseen
            || (use.kind() == FieldUses.Kind.PLAIN && !plan.checked)
            || (plan.isInitializer && use.declaring() == of.shape && !isOrdering(use));
    if (skipped) {
      code.with(field);
      return;
    }
    switch (use.kind()) {
      case NONE -> code.with(field);
      case PLAIN -> {
        String read = use.declaring().name() + ' ' + use.member().name() + use.member().suffix();
        if (field.opcode() != Opcode.GETFIELD || !repeats.read(justLoaded, read)) {
          plain(code, field, use);
        }
        code.with(field);
      }
      case VOLATILE -> VolatileFields.emit(of, code, field, use);
      case FROZEN -> {
        if (!repeats.freeze(justLoaded, use.declaring().name())) {
          code.dup().aload(state);
          ClassDesc owner = ClassDesc.ofInternalName(field.owner().asInternalName());
          code.invokestatic(owner, Names.FROZEN, Names.frozenType(use.declaring()));
        }
        code.with(field);
      }
      default -> {
        code.with(field); // first, as it is this that waits until an interface is initialised
        useClass(code, use, field);
      }
    }
  }

  private static boolean isOrdering(FieldUses.Use use) {
    return use.kind() == FieldUses.Kind.VOLATILE || use.kind() == FieldUses.Kind.PLAIN;
  }

  private void plain(CodeBuilder code, FieldInstruction field, FieldUses.Use use) {
    boolean write = field.opcode() == Opcode.PUTFIELD || field.opcode() == Opcode.PUTSTATIC;
    boolean wide = TypeKind.from(field.typeSymbol()).slotSize() == 2;
    boolean onObject = !use.member().isStatic();
    if (onObject && !write) {
      code.dup();
    } else if (onObject && wide) {
      code.dup2_x1().pop2().dup();
    } else if (onObject) {
      code.dup2().pop();
    }
    String simple = use.declaring().name();
    String target =
        simple.substring(simple.lastIndexOf('/') + 1) + "." + field.name().stringValue();
    boolean made = write && onObject && plan.isConstructor && use.declaring() == of.shape;
    code.aload(state).loadConstant(site(write, target) | (made ? Stamp.MADE : 0));
    code.invokestatic(
        ClassDesc.ofInternalName(field.owner().asInternalName()),
        Names.check(use.member(), write),
        Names.checkType(use.declaring(), use.member()));
    if (onObject && write && wide) {
      code.dup_x2().pop();
    }
  }

  private void useClass(CodeBuilder code, FieldUses.Use use, FieldInstruction field) {
    if (use.kind() == FieldUses.Kind.INITIALIZED_ABOVE) {
      code.aload(state);
      of.loadClass(code, ClassDesc.ofInternalName(field.owner().asInternalName()));
      code.loadConstant(use.declaring().name().replace('/', '.'));
      code.invokestatic(
          Names.PUBLICATION,
          "usedAbove",
          MethodTypeDesc.of(CD_void, Names.STATE, CD_Class, CD_String));
    } else {
      useClass(code, use.declaring());
    }
  }

  private void useClass(CodeBuilder code, Shape used) {
    ClassDesc type = ClassDesc.ofInternalName(used.name());
    code.aload(state);
    if (used.isInterface()) {
      of.loadClass(code, type);
    } else {
      code.getstatic(type, Names.INITIALIZED, CD_Object);
    }
    code.invokestatic(
        Names.PUBLICATION,
        "used",
        MethodTypeDesc.of(CD_void, Names.STATE, used.isInterface() ? CD_Class : CD_Object));
  }

  private void arrayStore(CodeBuilder code, TypeKind kind) {
    if (kind.slotSize() == 2) {
      code.dup2_x2().pop2().dup2_x2();
    } else {
      code.dup_x2().pop().dup2_x1();
    }
    code.aload(state).loadConstant(site(true, ""));
    code.invokestatic(Names.ARRAYS, "write", ARRAY_CHECK);
  }

  private int site(boolean write, String target) {
    return of.site(method.methodName().stringValue(), line, write, target);
  }
}
