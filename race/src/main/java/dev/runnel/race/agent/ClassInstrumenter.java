package dev.runnel.race.agent;

import dev.runnel.race.runtime.Log;
import dev.runnel.race.runtime.Sites;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.ConstantValueAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Instruments one class. */
final class ClassInstrumenter implements ClassTransform {

  /** A method longer than this may not fit when instrumented, and is then not checked. */
  private static final int LONGEST_CHECKED = 12_000;

  /** With some room for longer jumps. */
  private static final int LONGEST = 60_000;

  final ClassModel model;
  final Shape shape;
  final Scope.Treatment treatment;
  final Shapes shapes;
  final @Nullable ClassLoader loader;
  final @Nullable String sourceFile;
  final boolean usesFences;
  final FieldUses uses;
  final MethodReferences references = new MethodReferences(this);
  private final boolean withCode;
  private final boolean ignored;

  /**
   * Prepares it.
   *
   * @param withCode whether methods are instrumented; if not, members are added all the same, as
   *     others rely on them
   */
  ClassInstrumenter(
      ClassModel model,
      Shape shape,
      Scope.Treatment treatment,
      Shapes shapes,
      @Nullable ClassLoader loader,
      boolean withCode) {
    this.model = model;
    this.shape = shape;
    this.treatment = treatment;
    this.shapes = shapes;
    this.loader = loader;
    this.withCode = withCode;
    this.uses = new FieldUses(this);
    this.sourceFile =
        model
            .findAttribute(Attributes.sourceFile())
            .map(a -> a.sourceFile().stringValue())
            .orElse(null);
    if (treatment == Scope.Treatment.JDK) {
      sayMissing(JdkVariables.missing(shape));
    }
    sayMissing(EdgeTable.missing(model));
    this.ignored = Shape.isIgnored(model);
    this.usesFences =
        treatment == Scope.Treatment.JDK
            && !JdkVariables.needsNoFences(shape.name())
            && callsAcquireFence(model);
  }

  private void sayMissing(List<String> members) {
    for (String member : members) {
      Log.say(
          shape.name().replace('/', '.')
              + " has no "
              + member
              + " here: what threads pass on by it may be told as a race");
    }
  }

  private static boolean callsAcquireFence(ClassModel model) {
    for (MethodModel method : model.methods()) {
      for (CodeElement e : method.code().map(c -> c.elementList()).orElse(List.of())) {
        if (e instanceof InvokeInstruction call && Calls.isAcquiringFence(call)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The new class file; null if nothing would change. */
  byte @Nullable [] instrument(ClassFile context) {
    return context.transformClass(model, this);
  }

  @Override
  public void accept(ClassBuilder to, ClassElement element) {
    if (withCode
        && element instanceof MethodModel method
        && method.code().isPresent()
        && !EdgeTable.isSilent(shape.name(), method.methodName().stringValue())) {
      MethodPlan plan = new MethodPlan(this, method, isChecked(method));
      if (plan.checked && length(method) + plan.mostAdded() >= LONGEST) {
        tooLong(method, "checked");
        plan = new MethodPlan(this, method, false); // its edges, at least
      }
      if (plan.changesAnything() && fits(method, plan)) {
        MethodPlan chosen = plan;
        to.transformMethod( // anew each time: what a short jump can't reach is done once more
            method,
            MethodTransform.transformingCode(
                CodeTransform.ofStateful(() -> new MethodInstrumenter(this, method, chosen))));
        return;
      }
    }
    to.with(element);
  }

  @Override
  public void atEnd(ClassBuilder to) {
    references.addTo(to);
    if (shape.members()) {
      new Members(shape).addTo(to);
      if (needsSerialVersion()) {
        to.withField(
            SerialVersion.NAME,
            ConstantDescs.CD_long,
            field ->
                field
                    .withFlags(ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_FINAL)
                    .with(ConstantValueAttribute.of(SerialVersion.of(model))));
      }
    }
  }

  /** Whether what we add would change it. Those of enums and records are always 0. */
  private boolean needsSerialVersion() {
    String parent = shape.superName();
    return !shape.isInterface()
        && !"java/lang/Enum".equals(parent)
        && !"java/lang/Record".equals(parent)
        && !shape.fields().containsKey(SerialVersion.NAME + "J")
        && shapes.isBelow(loader, shape, "java/io/Serializable");
  }

  /** Loads a class; before Java 5, class files can't do so by themselves. */
  void loadClass(CodeBuilder code, ClassDesc type) {
    if (model.majorVersion() >= ClassFile.JAVA_5_VERSION) {
      code.loadConstant(type);
    } else {
      String descriptor = type.descriptorString();
      code.loadConstant(descriptor.substring(1, descriptor.length() - 1).replace('/', '.'));
      MethodTypeDesc forName = MethodTypeDesc.of(ConstantDescs.CD_Class, ConstantDescs.CD_String);
      code.invokestatic(ConstantDescs.CD_Class, "forName", forName);
    }
  }

  /** A new site in this class. */
  int site(String method, int line, boolean write, String target) {
    return Sites.add(shape.name().replace('/', '.'), method, sourceFile, line, write, target);
  }

  private boolean isChecked(MethodModel method) {
    String name = method.methodName().stringValue();
    if (treatment != Scope.Treatment.CHECKED
        || ignored
        || Shape.isIgnored(method)
        || name.equals("finalize") // what it sees was made by others, which no call tells
        || name.startsWith("$jacoco")) {
      return false;
    }
    if (length(method) > LONGEST_CHECKED) {
      tooLong(method, "checked");
      return false;
    }
    return true;
  }

  private static int length(MethodModel method) {
    return method.findAttribute(Attributes.code()).map(c -> c.codeLength()).orElse(0);
  }

  /** Whether there is room for what is put in. If not, edges are missed, too. */
  private boolean fits(MethodModel method, MethodPlan plan) {
    if (length(method) + plan.mostAdded() < LONGEST) {
      return true;
    }
    tooLong(method, "followed");
    return false;
  }

  private void tooLong(MethodModel method, String what) {
    String name = shape.name().replace('/', '.') + "." + method.methodName().stringValue();
    Log.say(name + " is too long to be " + what);
  }
}
