package dev.runnel.race.programs;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.DiscontinuedInstruction.JsrInstruction;
import java.lang.classfile.instruction.DiscontinuedInstruction.RetInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.function.Consumer;

/** Class files as no compiler of today makes them. */
final class ClassFiles {
  private static final ClassDesc MADE = ClassDesc.of("dev.runnel.race.programs.ClassFiles$Made");

  private ClassFiles() {}

  /** Before Java 5 a class could not be a constant. */
  static void oldClassFile(boolean ordered) throws Exception {
    Runnable shared = twoFields(48, ordered);
    Pair.Cell cell = new Pair.Cell();
    Pair.both(
        () -> {
          synchronized (shared.getClass()) {
            cell.value++;
          }
          shared.run();
        },
        () -> {
          shared.run();
          synchronized (ordered ? shared.getClass() : new Object()) {
            cell.value++;
          }
        });
  }

  /** Two fields of one name, as obfuscators make them. */
  static void fieldsOfOneName(boolean ordered) throws Exception {
    Pair.twice(ordered, twoFields(52, ordered)::run);
  }

  /** Uses two fields of one name in a synchronized static method. */
  private static Runnable twoFields(int version, boolean ordered) throws Exception {
    return made(
        version,
        ordered ? ClassFile.ACC_SYNCHRONIZED : 0,
        code ->
            code.getstatic(MADE, "a", ConstantDescs.CD_int)
                .i2l()
                .putstatic(MADE, "a", ConstantDescs.CD_long)
                .iconst_1()
                .putstatic(MADE, "a", ConstantDescs.CD_int)
                .return_());
  }

  /** Calls a subroutine twice, as compilers did for {@code finally}. */
  private static Runnable subroutine(int version, boolean ordered) throws Exception {
    return made(
        version,
        ordered ? ClassFile.ACC_SYNCHRONIZED : 0,
        code -> {
          Label routine = code.newLabel();
          code.iconst_1().newarray(TypeKind.INT).astore(1);
          code.with(JsrInstruction.of(routine)).with(JsrInstruction.of(routine)).return_();
          code.labelBinding(routine).astore(0);
          code.aload(1).iconst_0().iaload().pop();
          code.getstatic(MADE, "a", ConstantDescs.CD_int).iconst_1().iadd();
          code.putstatic(MADE, "a", ConstantDescs.CD_int).with(RetInstruction.of(0));
        });
  }

  /** A runnable that does something with two fields of one name, in a static method. */
  private static Runnable made(int version, int flags, Consumer<CodeBuilder> use) throws Exception {
    byte[] bytes =
        ClassFile.of()
            .build(
                MADE,
                type -> {
                  type.withVersion(version, 0);
                  type.withInterfaceSymbols(ClassDesc.of("java.lang.Runnable"));
                  type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_SUPER);
                  type.withField("a", ConstantDescs.CD_int, ClassFile.ACC_STATIC);
                  type.withField("a", ConstantDescs.CD_long, ClassFile.ACC_STATIC);
                  type.withMethodBody(
                      ConstantDescs.INIT_NAME,
                      ConstantDescs.MTD_void,
                      ClassFile.ACC_PUBLIC,
                      code ->
                          code.aload(0)
                              .invokespecial(
                                  ConstantDescs.CD_Object,
                                  ConstantDescs.INIT_NAME,
                                  ConstantDescs.MTD_void)
                              .return_());
                  type.withMethodBody(
                      "use", ConstantDescs.MTD_void, ClassFile.ACC_STATIC | flags, use);
                  type.withMethodBody(
                      "run",
                      ConstantDescs.MTD_void,
                      ClassFile.ACC_PUBLIC,
                      code -> code.invokestatic(MADE, "use", ConstantDescs.MTD_void).return_());
                });
    return (Runnable) new Defining().define(bytes).getConstructor().newInstance();
  }

  private static final class Defining extends ClassLoader {
    Defining() {
      super(ClassFiles.class.getClassLoader());
    }

    Class<?> define(byte[] bytes) {
      return defineClass(null, bytes, 0, bytes.length);
    }
  }

  static void subroutineOfJava5(boolean ordered) throws Exception {
    Pair.twice(ordered, subroutine(49, ordered)::run);
  }

  /** Of the first that may say what the verifier finds, and the last that need not. */
  static void subroutineOfJava6(boolean ordered) throws Exception {
    Pair.twice(ordered, subroutine(50, ordered)::run);
  }
}
