package dev.runnel.race.agent;

import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** The code around volatile fields: a release before each write, an acquire after each read. */
final class VolatileFields {
  private static final MethodTypeDesc OF_OBJECT_FIELD =
      MethodTypeDesc.of(CD_void, CD_Object, CD_int);
  private static final MethodTypeDesc OF_CLASS_FIELD = MethodTypeDesc.of(CD_void, CD_Class, CD_int);

  private VolatileFields() {}

  static void emit(
      ClassInstrumenter of, CodeBuilder code, FieldInstruction field, FieldUses.Use use) {
    boolean wide = TypeKind.from(field.typeSymbol()).slotSize() == 2;
    int number = use.number();
    switch (field.opcode()) {
      case GETFIELD -> {
        code.dup().with(field);
        if (wide) {
          code.dup2_x1().pop2();
        } else {
          code.swap();
        }
        code.loadConstant(number).invokestatic(Names.VOLATILES, "read", OF_OBJECT_FIELD);
      }
      case PUTFIELD -> {
        if (wide) {
          code.dup2_x1().pop2().dup();
        } else {
          code.dup2().pop();
        }
        code.loadConstant(number).invokestatic(Names.VOLATILES, "write", OF_OBJECT_FIELD);
        if (wide) {
          code.dup_x2().pop();
        }
        code.with(field);
      }
      case GETSTATIC -> {
        code.with(field);
        onClass(of, code, field, number, "readStatic");
      }
      default -> {
        onClass(of, code, field, number, "writeStatic");
        code.with(field);
      }
    }
  }

  private static void onClass(
      ClassInstrumenter of, CodeBuilder code, FieldInstruction field, int number, String hook) {
    of.loadClass(code, ClassDesc.ofInternalName(field.owner().asInternalName()));
    code.loadConstant(number).invokestatic(Names.VOLATILES, hook, OF_CLASS_FIELD);
  }
}
