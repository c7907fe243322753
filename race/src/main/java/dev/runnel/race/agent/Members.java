package dev.runnel.race.agent;

import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.classfile.ClassFile.ACC_SYNTHETIC;
import static java.lang.classfile.ClassFile.ACC_TRANSIENT;
import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.runnel.race.runtime.Fields;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * What is added to a class. For each field that is neither final nor volatile its three shadow
 * words, and two static methods, to be called before it is read or written, which look whether the
 * last access was of the same tick, and call the slow path if not; small, so that the JIT inlines
 * them, however many there are in one method. In Java they would be
 *
 * <pre>{@code
 * public static void $race$write$count(Counter o, ThreadState t, int site) {
 *   if (o == null) return;                       // the access itself throws
 *   if ((o.$race$w$count ^ t.epoch) >>> SITE_BITS == 0) return;
 *   Fields.write(o, t, site, 27, Counter.class, "count");
 * }
 * }</pre>
 *
 * What the slow path does with the words is the same for all fields. Those of a static field it
 * finds in the class.
 *
 * <p>All is public, so whoever may use the field may use them; and synthetic and transient, so that
 * frameworks pass over it.
 */
final class Members {
  private static final int FIELD = ACC_PUBLIC | ACC_SYNTHETIC | ACC_TRANSIENT;
  private static final int METHOD = ACC_PUBLIC | ACC_STATIC | ACC_SYNTHETIC;
  private static final int SITE_BITS = 20;
  private static final MethodTypeDesc OF_FIELD =
      MethodTypeDesc.of(CD_void, CD_Object, Names.STATE, CD_int, CD_int, CD_Class, CD_String);
  private final Shape shape;
  private final ClassDesc self;

  Members(Shape shape) {
    this.shape = shape;
    this.self = ClassDesc.ofInternalName(shape.name());
  }

  void addTo(ClassBuilder to) {
    if (shape.keepsInitialization()) {
      to.withField(Names.INITIALIZED, CD_Object, FIELD | ACC_STATIC);
    }
    if (shape.freezes()) {
      addFrozen(to);
    }
    if (shape.keepsSyncs()) {
      to.withField(Names.SYNCS, CD_Object, FIELD);
    }
    if (shape.checked()) {
      for (Shape.Member field : shape.fields().values()) {
        if (field.isPlain()) {
          addWords(to, field);
        }
      }
    }
  }

  private void addFrozen(ClassBuilder to) {
    to.withField(Names.FROZEN, CD_Object, FIELD);
    to.withMethodBody(
        Names.FROZEN,
        Names.frozenType(shape),
        METHOD,
        code -> {
          Label end = code.newLabel();
          code.aload(0).ifnull(end);
          code.aload(1).aload(0).getfield(self, Names.FROZEN, CD_Object);
          code.invokestatic(
              Names.PUBLICATION, "used", MethodTypeDesc.of(CD_void, Names.STATE, CD_Object));
          code.labelBinding(end).return_();
        });
  }

  private void addWords(ClassBuilder to, Shape.Member field) {
    int number = Fields.add();
    int flags = field.isStatic() ? FIELD | ACC_STATIC : FIELD;
    to.withField(Names.written(field), CD_long, flags);
    to.withField(Names.read(field), CD_long, flags);
    to.withField(Names.readers(field), CD_Object, flags);
    for (boolean write : new boolean[] {false, true}) {
      to.withMethodBody(
          Names.check(field, write),
          Names.checkType(shape, field),
          METHOD,
          code -> check(code, field, number, write));
    }
  }

  private void check(CodeBuilder code, Shape.Member field, int number, boolean write) {
    int state = field.isStatic() ? 0 : 1;
    Label end = code.newLabel();
    if (!field.isStatic()) {
      code.aload(0).ifnull(end);
    } else if (shape.keepsInitialization()) {
      code.aload(state).getstatic(self, Names.INITIALIZED, CD_Object);
      code.invokestatic(
          Names.PUBLICATION, "used", MethodTypeDesc.of(CD_void, Names.STATE, CD_Object));
    }
    endIfSameTick(code, field, Names.written(field), state, end);
    if (!write) {
      endIfSameTick(code, field, Names.read(field), state, end);
    }
    if (field.isStatic()) {
      code.loadConstant(self);
    } else {
      code.aload(0);
    }
    code.aload(state).iload(state + 1).loadConstant(number).loadConstant(self);
    code.loadConstant(field.name() + field.suffix());
    code.invokestatic(Names.FIELDS, write ? "write" : "read", OF_FIELD);
    code.labelBinding(end).return_();
  }

  private void endIfSameTick(
      CodeBuilder code, Shape.Member field, String word, int state, Label end) {
    get(code, field, word, CD_long);
    code.aload(state).getfield(Names.STATE, "epoch", CD_long);
    code.lxor().loadConstant(SITE_BITS).lushr().lconst_0().lcmp().ifeq(end);
  }

  private void get(CodeBuilder code, Shape.Member field, String word, ClassDesc type) {
    if (field.isStatic()) {
      code.getstatic(self, word, type);
    } else {
      code.aload(0).getfield(self, word, type);
    }
  }
}
