package dev.runnel.race.agent;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * References to methods whose calls are followed, as {@code list::add} or {@code monitor::wait}.
 * The class that calls them is made at run time and belongs to the JDK; so the reference is turned
 * into one to a method that is added to the class it stands in, as compilers do with the body of a
 * lambda, and makes the call.
 */
final class MethodReferences {
  private static final String FACTORY = "java/lang/invoke/LambdaMetafactory";
  private static final ConstantPoolBuilder ENTRIES = ConstantPoolBuilder.of();

  private record Added(String name, InvokeInstruction call, MethodTypeDesc type, int line) {}

  private final ClassInstrumenter of;
  private final CollectionCalls collections;
  private final List<Added> added = new ArrayList<>();

  MethodReferences(ClassInstrumenter of) {
    this.of = of;
    this.collections = new CollectionCalls(of);
  }

  /**
   * Whether an instruction makes such a reference.
   *
   * @param checked whether collections are followed where it stands
   */
  boolean isFollowed(InvokeDynamicInstruction made, boolean checked) {
    return call(made, checked) != null;
  }

  /** The call that a reference stands for; null if it is not followed. */
  private @Nullable InvokeInstruction call(InvokeDynamicInstruction made, boolean checked) {
    DirectMethodHandleDesc factory = made.bootstrapMethod();
    List<ConstantDesc> arguments = made.bootstrapArgs();
    if (!factory.owner().descriptorString().equals("L" + FACTORY + ";")
        || !factory.methodName().equals("metafactory") // the others may be written by name
        || !(arguments.get(1) instanceof DirectMethodHandleDesc target)) {
      return null;
    }
    Opcode opcode =
        switch (target.kind()) {
          case VIRTUAL -> Opcode.INVOKEVIRTUAL;
          case INTERFACE_VIRTUAL -> Opcode.INVOKEINTERFACE;
          case STATIC -> Opcode.INVOKESTATIC;
          default -> null;
        };
    if (opcode == null) {
      return null;
    }
    MethodTypeDesc type = MethodTypeDesc.ofDescriptor(target.lookupDescriptor());
    String name = target.methodName();
    MemberRefEntry entry =
        opcode == Opcode.INVOKEINTERFACE
            ? ENTRIES.interfaceMethodRefEntry(target.owner(), name, type)
            : ENTRIES.methodRefEntry(target.owner(), name, type);
    InvokeInstruction call = InvokeInstruction.of(opcode, entry);
    boolean onCollection = checked && collections.isFollowed(call);
    return onCollection || Calls.isFollowed(of, call) ? call : null;
  }

  /** What makes a reference to the added method instead. */
  DynamicCallSiteDesc instead(InvokeDynamicInstruction made, boolean checked, int line) {
    InvokeInstruction call = call(made, checked);
    if (call == null) {
      throw new IllegalArgumentException("no reference to a method that is followed: " + made);
    }
    // What a reference holds must be of just the type that the method takes, and may be below the
    // method's owner: compilers before JDK 18 name the class that declares the method.
    MethodTypeDesc held = made.typeSymbol();
    ClassDesc receiver =
        held.parameterCount() > 0 ? held.parameterType(0) : call.owner().asSymbol();
    MethodTypeDesc type = call.typeSymbol();
    if (call.opcode() != Opcode.INVOKESTATIC) {
      type = type.insertParameterTypes(0, receiver);
    }
    String name = "lambda$race$" + added.size();
    added.add(new Added(name, call, type, line));
    DirectMethodHandleDesc.Kind kind =
        of.shape.isInterface()
            ? DirectMethodHandleDesc.Kind.INTERFACE_STATIC
            : DirectMethodHandleDesc.Kind.STATIC;
    ClassDesc self = ClassDesc.ofInternalName(of.shape.name());
    ConstantDesc[] arguments = made.bootstrapArgs().toArray(ConstantDesc[]::new);
    arguments[1] = MethodHandleDesc.ofMethod(kind, self, name, type);
    return DynamicCallSiteDesc.of(
        made.bootstrapMethod(), made.name().stringValue(), made.typeSymbol(), arguments);
  }

  void addTo(ClassBuilder to) {
    for (Added method : added) {
      to.withMethodBody(
          method.name,
          method.type,
          ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
          code -> {
            if (method.line >= 0) {
              code.lineNumber(method.line);
            }
            emit(code, method);
            code.return_(TypeKind.from(method.type.returnType()).asLoadable());
          });
    }
  }

  private void emit(CodeBuilder code, Added method) {
    int state = -1;
    if (collections.isFollowed(method.call)) {
      state = code.allocateLocal(TypeKind.REFERENCE);
      code.invokestatic(Names.STATE, "current", Names.CURRENT).astore(state);
    }
    for (int i = 0; i < method.type.parameterCount(); i++) {
      code.loadLocal(
          TypeKind.from(method.type.parameterType(i)).asLoadable(), code.parameterSlot(i));
    }
    if (state < 0) {
      Calls.emit(of, code, method.call);
    } else {
      new CollectionCalls(of)
          .emit(
              code,
              method.call,
              state,
              (write, target) -> of.site(method.name, method.line, write, target),
              CollectionCalls.Fresh.NOT);
    }
  }
}
