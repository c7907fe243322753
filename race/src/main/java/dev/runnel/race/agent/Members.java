package dev.runnel.race.agent;

import static java.lang.classfile.ClassFile.ACC_PRIVATE;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.classfile.ClassFile.ACC_SYNTHETIC;
import static java.lang.classfile.ClassFile.ACC_TRANSIENT;
import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_VarHandle;
import static java.lang.constant.ConstantDescs.CD_boolean;
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
 * What the slow path does with the words is the same for all fields. Those of static fields, which
 * are fewer, have it in a method of their class:
 *
 * <pre>{@code
 * private static void $race$wrote$count(ThreadState t, int site) {
 *   if (Accesses.writesOwn(t, $race$w$count, $race$r$count, site)) {
 *     $race$w$count = t.written;
 *     return;
 *   }
 *   site = Stamp.plain(site);
 *   do Accesses.write(t, Counter.class, -1, $race$w$count, $race$r$count, $race$s$count, site);
 *   while (Accesses.stale(t, $race$w$count, $race$r$count));
 *   $race$w$count = t.written; $race$r$count = t.read; $race$s$count = t.readers;
 *   VarHandle.fullFence();
 *   Accesses.settleWrite(t, Counter.class, -1, $race$w$count, $race$r$count, $race$s$count, site);
 * }
 * }</pre>
 *
 * All is public, so whoever may use the field may use them; and synthetic and transient, so that
 * frameworks pass over it.
 */
final class Members {
  private static final int FIELD = ACC_PUBLIC | ACC_SYNTHETIC | ACC_TRANSIENT;
  private static final int METHOD = ACC_PUBLIC | ACC_STATIC | ACC_SYNTHETIC;
  private static final int SLOW_METHOD = ACC_PRIVATE | ACC_STATIC | ACC_SYNTHETIC;
  private static final int SITE_BITS = 20;
  private static final int SITE_MASK = (1 << SITE_BITS) - 1;
  private static final MethodTypeDesc SLOW =
      MethodTypeDesc.of(
          CD_void, Names.STATE, CD_Object, CD_int, CD_long, CD_long, CD_Object, CD_int);

  private static final MethodTypeDesc OF_FIELD =
      MethodTypeDesc.of(CD_void, CD_Object, Names.STATE, CD_int, CD_int, CD_Class, CD_String);

  private static final MethodTypeDesc OWN =
      MethodTypeDesc.of(CD_boolean, Names.STATE, CD_long, CD_long, CD_int);

  private static final MethodTypeDesc AGAIN =
      MethodTypeDesc.of(CD_boolean, Names.STATE, CD_long, CD_long, CD_Object, CD_int);

  private static final MethodTypeDesc STALE =
      MethodTypeDesc.of(CD_boolean, Names.STATE, CD_long, CD_long);
  private static final MethodTypeDesc SETTLE_READ =
      MethodTypeDesc.of(CD_void, Names.STATE, CD_Object, CD_int, CD_long, CD_int);

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
    int number = field.isStatic() ? -1 : Fields.add();
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
      if (field.isStatic()) {
        to.withMethodBody(
            Names.slowCheck(field, write),
            Names.checkType(shape, field),
            SLOW_METHOD,
            code -> slowCheck(code, field, write));
      }
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
      code.aload(state).iload(state + 1);
      code.invokestatic(self, Names.slowCheck(field, write), Names.checkType(shape, field));
    } else {
      code.aload(0).aload(state).iload(state + 1).loadConstant(number).loadConstant(self);
      code.loadConstant(field.name() + field.suffix());
      code.invokestatic(Names.FIELDS, write ? "write" : "read", OF_FIELD);
    }
    code.labelBinding(end).return_();
  }

  private void slowCheck(CodeBuilder code, Shape.Member field, boolean write) {
    int state = field.isStatic() ? 0 : 1;
    Label notOwn = code.newLabel();
    words(code, field, state);
    code.iload(state + 1);
    code.invokestatic(Names.ACCESSES, write ? "writesOwn" : "readsOwn", OWN).ifeq(notOwn);
    put(
        code,
        field,
        write ? Names.written(field) : Names.read(field),
        state,
        write ? "written" : "read",
        CD_long);
    code.return_();
    code.labelBinding(notOwn);
    Label end = code.newLabel();
    if (write) {
      code.iload(state + 1).loadConstant(SITE_MASK).iand().istore(state + 1);
    } else {
      words(code, field, state);
      get(code, field, Names.readers(field), CD_Object);
      code.iload(state + 1).invokestatic(Names.ACCESSES, "readsAgain", AGAIN).ifne(end);
    }
    Label look = code.newLabel();
    code.labelBinding(look);
    variable(code, field, state);
    get(code, field, Names.written(field), CD_long);
    get(code, field, Names.read(field), CD_long);
    get(code, field, Names.readers(field), CD_Object);
    code.iload(state + 1).invokestatic(Names.ACCESSES, write ? "write" : "read", SLOW);
    words(code, field, state);
    code.invokestatic(Names.ACCESSES, "stale", STALE).ifne(look);
    if (write) {
      put(code, field, Names.written(field), state, "written", CD_long);
    }
    put(code, field, Names.read(field), state, "read", CD_long);
    put(code, field, Names.readers(field), state, "readers", CD_Object);
    code.invokestatic(CD_VarHandle, "fullFence", Names.OF_NOTHING);
    variable(code, field, state);
    get(code, field, Names.written(field), CD_long);
    if (write) {
      get(code, field, Names.read(field), CD_long);
      get(code, field, Names.readers(field), CD_Object);
    }
    code.iload(state + 1);
    code.invokestatic(
        Names.ACCESSES, write ? "settleWrite" : "settleRead", write ? SLOW : SETTLE_READ);
    code.labelBinding(end).return_();
  }

  /** By whom, and the last write and read. */
  private void words(CodeBuilder code, Shape.Member field, int state) {
    code.aload(state);
    get(code, field, Names.written(field), CD_long);
    get(code, field, Names.read(field), CD_long);
  }

  /** Which variable, and by whom. */
  private void variable(CodeBuilder code, Shape.Member field, int state) {
    code.aload(state);
    if (field.isStatic()) {
      code.loadConstant(self);
    } else {
      code.aload(0);
    }
    code.iconst_m1();
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

  private void put(
      CodeBuilder code, Shape.Member field, String word, int state, String from, ClassDesc type) {
    if (!field.isStatic()) {
      code.aload(0);
    }
    code.aload(state).getfield(Names.STATE, from, type);
    if (field.isStatic()) {
      code.putstatic(self, word, type);
    } else {
      code.putfield(self, word, type);
    }
  }
}
