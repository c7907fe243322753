package dev.runnel.race.agent;

import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of a class to instrument those who use its fields.
 *
 * @param name its internal name
 * @param superName that of its superclass; null for {@code Object} and for modules
 * @param interfaces those of its interfaces
 * @param isInterface whether it is one
 * @param hasInitializer whether it has a {@code <clinit>}
 * @param members whether members are added to it: it is not the JDK's, and was not loaded before us
 * @param checked whether its fields have shadow words
 * @param fields its fields, by name and descriptor
 */
record Shape(
    String name,
    @Nullable String superName,
    List<String> interfaces,
    boolean isInterface,
    boolean hasInitializer,
    boolean members,
    boolean checked,
    Map<String, Member> fields) {

  /**
   * A field.
   *
   * @param name its name
   * @param descriptor its type
   * @param flags its access flags
   * @param suffix what tells the names made from it from those of a namesake of another type
   * @param ignored whether it is annotated so
   */
  record Member(String name, String descriptor, int flags, String suffix, boolean ignored) {
    boolean isStatic() {
      return (flags & ClassFile.ACC_STATIC) != 0;
    }

    boolean isFinal() {
      return (flags & ClassFile.ACC_FINAL) != 0;
    }

    boolean isVolatile() {
      return (flags & ClassFile.ACC_VOLATILE) != 0;
    }

    boolean isReference() {
      return descriptor.startsWith("L") || descriptor.startsWith("[");
    }

    /** Whether it has shadow words, in a class whose fields have. */
    boolean isPlain() {
      return !isFinal() && !isVolatile() && !ignored;
    }
  }

  /** Whether objects keep what was known when they were made. */
  boolean freezes() {
    return members
        && !isInterface
        && !EdgeTable.isWait(name)
        && fields.values().stream().anyMatch(f -> f.isFinal() && !f.isStatic() && f.isReference());
  }

  /** Whether objects keep what is known of their volatile fields. */
  boolean keepsSyncs() {
    return members
        && !isInterface
        && fields.values().stream().anyMatch(f -> f.isVolatile() && !f.isStatic());
  }

  /** Whether the class keeps what was known when it was initialised. */
  boolean keepsInitialization() {
    return members && hasInitializer && !isInterface;
  }

  static Shape of(ClassModel model, boolean members, boolean checked) {
    Map<String, Member> fields = new HashMap<>();
    Set<String> names = new HashSet<>();
    boolean ignoredClass = isIgnored(model);
    for (FieldModel field : model.fields()) {
      String name = field.fieldName().stringValue();
      String descriptor = field.fieldType().stringValue();
      String suffix = "";
      for (int i = 2; !names.add(name + suffix); i++) {
        suffix = "$" + i;
      }
      boolean ignored = ignoredClass || isIgnored(field);
      int flags = field.flags().flagsMask();
      fields.put(name + descriptor, new Member(name, descriptor, flags, suffix, ignored));
    }
    boolean initializer = false;
    for (MethodModel method : model.methods()) {
      initializer |= method.methodName().equalsString("<clinit>");
    }
    return new Shape(
        model.thisClass().asInternalName(),
        model.superclass().map(ClassEntry::asInternalName).orElse(null),
        model.interfaces().stream().map(ClassEntry::asInternalName).toList(),
        model.flags().has(AccessFlag.INTERFACE),
        initializer,
        members,
        checked,
        fields);
  }

  /** Whether something is annotated {@code RaceIgnore}, anybody's. */
  static boolean isIgnored(AttributedElement element) {
    return element
            .findAttribute(Attributes.runtimeInvisibleAnnotations())
            .filter(a ->
                a.annotations().stream().anyMatch(x -> isRaceIgnore(x.className().stringValue())))
            .isPresent()
        || element
            .findAttribute(Attributes.runtimeVisibleAnnotations())
            .filter(a ->
                a.annotations().stream().anyMatch(x -> isRaceIgnore(x.className().stringValue())))
            .isPresent();
  }

  private static boolean isRaceIgnore(String descriptor) {
    return descriptor.endsWith("/RaceIgnore;")
        || descriptor.endsWith("$RaceIgnore;")
        || descriptor.equals("LRaceIgnore;");
  }
}
