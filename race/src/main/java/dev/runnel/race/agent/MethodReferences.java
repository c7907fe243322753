package dev.runnel.race.agent;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
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
 * References to methods of collections, as {@code list::add}. The class that calls them is made at
 * run time and belongs to the JDK; so the reference is turned into one to a method that is added to
 * the class it stands in, as compilers do with the body of a lambda, and makes the call.
 */
final class MethodReferences {
  private static final String FACTORY = "java/lang/invoke/LambdaMetafactory";
  private static final ConstantPoolBuilder ENTRIES = ConstantPoolBuilder.of();

  private record Added(String name, InvokeInstruction call, MethodTypeDesc type, int line) {}

  private final ClassInstrumenter of;
  private final List<Added> added = new ArrayList<>();

  MethodReferences(ClassInstrumenter of) {
    this.of = of;
  }

  /** Whether an instruction makes such a reference. */
  static boolean isFollowed(InvokeDynamicInstruction made, CollectionCalls calls) {
    return call(made, calls) != null;
  }

  /** The call that a reference stands for; null if it is none of a collection's. */
  private static @Nullable InvokeInstruction call(
      InvokeDynamicInstruction made, CollectionCalls calls) {
    DirectMethodHandleDesc factory = made.bootstrapMethod();
    List<ConstantDesc> arguments = made.bootstrapArgs();
    if (!factory.owner().descriptorString().equals("L" + FACTORY + ";")
        || !factory.methodName().equals("metafactory") // the others may be written by name
        || !(arguments.get(1) instanceof DirectMethodHandleDesc target)) {
      return null;
    }
    boolean isInterface = target.kind() == DirectMethodHandleDesc.Kind.INTERFACE_VIRTUAL;
    if (!isInterface && target.kind() != DirectMethodHandleDesc.Kind.VIRTUAL) {
      return null;
    }
    MethodTypeDesc type = MethodTypeDesc.ofDescriptor(target.lookupDescriptor());
    String name = target.methodName();
    InvokeInstruction call =
        isInterface
            ? InvokeInstruction.of(
                Opcode.INVOKEINTERFACE, ENTRIES.interfaceMethodRefEntry(target.owner(), name, type))
            : InvokeInstruction.of(
                Opcode.INVOKEVIRTUAL, ENTRIES.methodRefEntry(target.owner(), name, type));
    return calls.isFollowed(call) ? call : null;
  }

  /** What makes a reference to the added method instead. */
  DynamicCallSiteDesc instead(InvokeDynamicInstruction made, CollectionCalls calls, int line) {
    InvokeInstruction call = call(made, calls);
    if (call == null) {
      throw new IllegalArgumentException("no reference to a collection's method: " + made);
    }
    // What a reference holds must be of just the type that the method takes, and may be below the
    // method's owner: compilers before JDK 18 name the class that declares the method.
    MethodTypeDesc held = made.typeSymbol();
    ClassDesc receiver =
        held.parameterCount() > 0 ? held.parameterType(0) : call.owner().asSymbol();
    MethodTypeDesc type = call.typeSymbol().insertParameterTypes(0, receiver);
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
            int state = code.allocateLocal(TypeKind.REFERENCE);
            code.invokestatic(Names.STATE, "current", Names.CURRENT).astore(state);
            for (int i = 0; i < method.type.parameterCount(); i++) {
              code.loadLocal(
                  TypeKind.from(method.type.parameterType(i)).asLoadable(), code.parameterSlot(i));
            }
            new CollectionCalls(of)
                .emit(
                    code,
                    method.call,
                    state,
                    (write, target) -> of.site(method.name, method.line, write, target),
                    CollectionCalls.Fresh.NOT);
            code.return_(TypeKind.from(method.type.returnType()).asLoadable());
          });
    }
  }
}
