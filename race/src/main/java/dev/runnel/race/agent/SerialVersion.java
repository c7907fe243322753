package dev.runnel.race.agent;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;

/**
 * The {@code serialVersionUID} that a class has if it declares none: a digest of its name, its
 * interfaces and its members (Java Object Serialization Specification, 4.6). Our members would
 * change it, and what was written without the detector could not be read with it.
 */
final class SerialVersion {
  static final String NAME = "serialVersionUID";

  private static final int CLASS_FLAGS =
      ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_INTERFACE | ClassFile.ACC_ABSTRACT;
  private static final int ACCESS_FLAGS =
      ClassFile.ACC_PUBLIC | ClassFile.ACC_PRIVATE | ClassFile.ACC_PROTECTED;
  private static final int FIELD_FLAGS =
      ACCESS_FLAGS
          | ClassFile.ACC_STATIC
          | ClassFile.ACC_FINAL
          | ClassFile.ACC_VOLATILE
          | ClassFile.ACC_TRANSIENT;
  private static final int METHOD_FLAGS =
      ACCESS_FLAGS
          | ClassFile.ACC_STATIC
          | ClassFile.ACC_FINAL
          | ClassFile.ACC_SYNCHRONIZED
          | ClassFile.ACC_NATIVE
          | ClassFile.ACC_ABSTRACT
          | ClassFile.ACC_STRICT;

  private SerialVersion() {}

  /** That of a class file. */
  static long of(ClassModel model) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeUTF(dotted(model.thisClass()));
      out.writeInt(flags(model) & CLASS_FLAGS);
      for (String name : model.interfaces().stream().map(SerialVersion::dotted).sorted().toList()) {
        out.writeUTF(name);
      }
      writeFields(out, model);
      writeMethods(out, model);
      byte[] digest = MessageDigest.getInstance("SHA").digest(bytes.toByteArray());
      long version = 0;
      for (int i = 7; i >= 0; i--) {
        version = version << 8 | (digest[i] & 0xFF);
      }
      return version;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String dotted(ClassEntry type) {
    return type.asInternalName().replace('/', '.');
  }

  /** Of a class within another, those it was declared with. */
  private static int flags(ClassModel model) {
    return model
        .findAttribute(Attributes.innerClasses())
        .flatMap(inner ->
            inner.classes().stream()
                .filter(c -> c.innerClass().equals(model.thisClass()))
                .findAny()
                .map(InnerClassInfo::flagsMask))
        .orElse(model.flags().flagsMask());
  }

  private static void writeFields(DataOutputStream out, ClassModel model) throws IOException {
    List<FieldModel> fields =
        model.fields().stream()
            .sorted(Comparator.comparing(f -> f.fieldName().stringValue()))
            .toList();
    for (FieldModel field : fields) {
      int flags = field.flags().flagsMask() & FIELD_FLAGS;
      boolean counts =
          (flags & ClassFile.ACC_PRIVATE) == 0
              || (flags & (ClassFile.ACC_STATIC | ClassFile.ACC_TRANSIENT)) == 0;
      if (counts) {
        write(out, field.fieldName().stringValue(), flags, field.fieldType().stringValue());
      }
    }
  }

  /** The class initialiser, the constructors, and the others. */
  private static void writeMethods(DataOutputStream out, ClassModel model) throws IOException {
    List<MethodModel> methods =
        model.methods().stream()
            .sorted(
                Comparator.comparingInt(SerialVersion::rank)
                    .thenComparing(m -> m.methodName().stringValue())
                    .thenComparing(m -> m.methodType().stringValue()))
            .toList();
    for (MethodModel method : methods) {
      String name = method.methodName().stringValue();
      int flags =
          rank(method) == 0 ? ClassFile.ACC_STATIC : method.flags().flagsMask() & METHOD_FLAGS;
      if ((flags & ClassFile.ACC_PRIVATE) == 0) {
        write(out, name, flags, method.methodType().stringValue().replace('/', '.'));
      }
    }
  }

  private static int rank(MethodModel method) {
    return switch (method.methodName().stringValue()) {
      case "<clinit>" -> 0;
      case "<init>" -> 1;
      default -> 2;
    };
  }

  private static void write(DataOutputStream out, String name, int flags, String type)
      throws IOException {
    out.writeUTF(name);
    out.writeInt(flags);
    out.writeUTF(type);
  }
}
