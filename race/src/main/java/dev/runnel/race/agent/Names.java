package dev.runnel.race.agent;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** The names of what instrumented code calls, and of what is added to classes. */
final class Names {
  static final ClassDesc STATE = runtime("ThreadState");
  static final ClassDesc FIELDS = runtime("Fields");
  static final ClassDesc ARRAYS = runtime("ArrayAccesses");
  static final ClassDesc CLONES = runtime("Clones");
  static final ClassDesc COLLECTIONS = runtime("CollectionAccesses");
  static final ClassDesc MONITORS = runtime("Monitors");
  static final ClassDesc STANDARD_STREAMS = runtime("StandardStreams");
  static final ClassDesc VOLATILES = runtime("Volatiles");
  static final ClassDesc VARIABLES = runtime("Variables");
  static final ClassDesc CHANNEL_LOCK = runtime("ChannelLock");
  static final ClassDesc QUIET = runtime("Quiet");
  static final ClassDesc FENCES = runtime("Fences");
  static final ClassDesc PUBLICATION = runtime("Publication");

  static final MethodTypeDesc CURRENT = MethodTypeDesc.of(STATE);
  static final MethodTypeDesc OF_OBJECT =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object);
  static final ClassDesc OBJECTS = ConstantDescs.CD_Object.arrayType();
  static final MethodTypeDesc OF_OBJECT_AND_OBJECTS =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object, OBJECTS);
  static final MethodTypeDesc OF_NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);

  /** Every name that is added begins so. */
  static final String PREFIX = "$race$";

  /** A static field: what was known when the class was initialised. */
  static final String INITIALIZED = PREFIX + "initialized";

  /** A field, and the static method that uses it: what was known when the object was made. */
  static final String FROZEN = PREFIX + "frozen";

  /** A field: what is known of the object's volatile fields. */
  static final String SYNCS = PREFIX + "syncs";

  private Names() {}

  static ClassDesc runtime(String name) {
    return ClassDesc.of("dev.runnel.race.runtime", name);
  }

  static String written(Shape.Member field) {
    return PREFIX + "w$" + field.name() + field.suffix();
  }

  static String read(Shape.Member field) {
    return PREFIX + "r$" + field.name() + field.suffix();
  }

  static String readers(Shape.Member field) {
    return PREFIX + "s$" + field.name() + field.suffix();
  }

  /** The static method to be called before a field is read or written. */
  static String check(Shape.Member field, boolean write) {
    return PREFIX + (write ? "write$" : "read$") + field.name() + field.suffix();
  }

  static MethodTypeDesc checkType(Shape declaring, Shape.Member field) {
    return field.isStatic()
        ? MethodTypeDesc.of(ConstantDescs.CD_void, STATE, ConstantDescs.CD_int)
        : MethodTypeDesc.of(
            ConstantDescs.CD_void,
            ClassDesc.ofInternalName(declaring.name()),
            STATE,
            ConstantDescs.CD_int);
  }

  static MethodTypeDesc frozenType(Shape declaring) {
    return MethodTypeDesc.of(
        ConstantDescs.CD_void, ClassDesc.ofInternalName(declaring.name()), STATE);
  }
}
