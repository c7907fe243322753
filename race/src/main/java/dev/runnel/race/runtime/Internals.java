package dev.runnel.race.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK tells only those it has been opened to: where a field lies, by which volatile
 * fields, variable handles and {@code Unsafe} are known to mean the same variable.
 */
final class Internals {
  private static final MethodHandle FIELD_OFFSET;
  private static final MethodHandle STATIC_OFFSET;
  private static final MethodHandle ARRAY_BASE;
  private static final MethodHandle ARRAY_SCALE;
  private static final MethodHandle AS_DIRECT;
  private static final MethodHandle GET_INT;
  private static final MethodHandle GET_BOOLEAN;
  private static final MethodHandle GET_LONG;
  private static final MethodHandle PUT_LONG;
  private static final MethodHandle GET_REFERENCE;
  private static final MethodHandle PUT_REFERENCE;
  private static final MethodHandle CAS_LONG;
  private static final MethodHandle CAS_REFERENCE;

  static {
    try {
      Class<?> unsafe = Class.forName("jdk.internal.misc.Unsafe");
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(unsafe, MethodHandles.lookup());
      Object instance = unsafe.getMethod("getUnsafe").invoke(null);
      FIELD_OFFSET =
          bound(lookup, instance, "objectFieldOffset", long.class, Class.class, String.class);
      STATIC_OFFSET = bound(lookup, instance, "staticFieldOffset", long.class, Field.class);
      Method base = unsafe.getMethod("arrayBaseOffset", Class.class); // an int or a long
      ARRAY_BASE =
          lookup
              .unreflect(base)
              .bindTo(instance)
              .asType(MethodType.methodType(long.class, Class.class));
      ARRAY_SCALE = bound(lookup, instance, "arrayIndexScale", int.class, Class.class);
      GET_INT = bound(lookup, instance, "getInt", int.class, Object.class, long.class);
      GET_BOOLEAN = bound(lookup, instance, "getBoolean", boolean.class, Object.class, long.class);
      GET_LONG = bound(lookup, instance, "getLong", long.class, Object.class, long.class);
      PUT_LONG =
          bound(lookup, instance, "putLong", void.class, Object.class, long.class, long.class);
      GET_REFERENCE =
          bound(lookup, instance, "getReference", Object.class, Object.class, long.class);
      PUT_REFERENCE =
          bound(
              lookup, instance, "putReference", void.class, Object.class, long.class, Object.class);
      CAS_LONG =
          bound(
              lookup,
              instance,
              "compareAndSetLong",
              boolean.class,
              Object.class,
              long.class,
              long.class,
              long.class);
      CAS_REFERENCE =
          bound(
              lookup,
              instance,
              "compareAndSetReference",
              boolean.class,
              Object.class,
              long.class,
              Object.class,
              Object.class);
      Method direct = VarHandle.class.getDeclaredMethod("asDirect"); // no lookup may enter there
      direct.setAccessible(true);
      AS_DIRECT = MethodHandles.lookup().unreflect(direct);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Internals() {}

  /** Finds out now whether the JDK is as expected. */
  static void check() {
    if (arrayScale(long[].class) != Long.BYTES) {
      throw new IllegalStateException("this JDK lays out arrays in another way");
    }
  }

  private static MethodHandle bound(
      MethodHandles.Lookup lookup, Object receiver, String name, Class<?> result, Class<?>... of)
      throws ReflectiveOperationException {
    return lookup
        .findVirtual(receiver.getClass(), name, MethodType.methodType(result, of))
        .bindTo(receiver);
  }

  /** The offset of an instance field. */
  static long offset(Class<?> owner, String name) {
    try {
      return (long) FIELD_OFFSET.invokeExact(owner, name);
    } catch (Throwable e) {
      throw new IllegalStateException("no offset of " + owner.getName() + "." + name, e);
    }
  }

  /** The offset of a field of either kind. */
  static long offset(Field field) {
    if (!Modifier.isStatic(field.getModifiers())) {
      return offset(field.getDeclaringClass(), field.getName());
    }
    try {
      return (long) STATIC_OFFSET.invokeExact(field);
    } catch (Throwable e) {
      throw new IllegalStateException("no offset of " + field, e);
    }
  }

  static long arrayBase(Class<?> arrayClass) {
    try {
      return (long) ARRAY_BASE.invokeExact(arrayClass);
    } catch (Throwable e) {
      throw new IllegalStateException("no base of " + arrayClass, e);
    }
  }

  static int arrayScale(Class<?> arrayClass) {
    try {
      return (int) ARRAY_SCALE.invokeExact(arrayClass);
    } catch (Throwable e) {
      throw new IllegalStateException("no scale of " + arrayClass, e);
    }
  }

  static int getInt(Object object, long offset) {
    try {
      return (int) GET_INT.invokeExact(object, offset);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static boolean getBoolean(Object object, long offset) {
    try {
      return (boolean) GET_BOOLEAN.invokeExact(object, offset);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long getLong(Object object, long offset) {
    try {
      return (long) GET_LONG.invokeExact(object, offset);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void putLong(Object object, long offset, long value) {
    try {
      PUT_LONG.invokeExact(object, offset, value);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static @Nullable Object getReference(Object object, long offset) {
    try {
      return (Object) GET_REFERENCE.invokeExact(object, offset);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void putReference(Object object, long offset, @Nullable Object value) {
    try {
      PUT_REFERENCE.invokeExact(object, offset, value);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static boolean compareAndSetLong(Object object, long offset, long before, long after) {
    try {
      return (boolean) CAS_LONG.invokeExact(object, offset, before, after);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static boolean compareAndSetReference(
      Object object, long offset, @Nullable Object before, @Nullable Object after) {
    try {
      return (boolean) CAS_REFERENCE.invokeExact(object, offset, before, after);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Stack overflow, which the program is to see as such; nothing else can come. */
  private static IllegalStateException unexpected(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a field's words can't be reached", e);
  }

  /** What an indirect handle stands for. */
  static VarHandle direct(VarHandle handle) {
    try {
      return (VarHandle) AS_DIRECT.invokeExact(handle);
    } catch (Throwable e) {
      throw new IllegalStateException("no target of " + handle, e);
    }
  }
}
