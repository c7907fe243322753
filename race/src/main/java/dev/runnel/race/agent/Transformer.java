package dev.runnel.race.agent;

import dev.runnel.race.runtime.Log;
import dev.runnel.race.runtime.Quiet;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Instruments classes as they are loaded. */
final class Transformer implements ClassFileTransformer {
  private final Scope scope;
  private final Shapes shapes;
  private final boolean verbose;
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger checked = new AtomicInteger();

  Transformer(Scope scope, Shapes shapes, boolean verbose) {
    this.scope = scope;
    this.shapes = shapes;
    this.verbose = verbose;
  }

  int done() {
    return done.get();
  }

  /** Of how many classes what they read and write is checked. */
  int checked() {
    return checked.get();
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    return instrument(loader, className, bytes, false);
  }

  /** A hidden class, which only its own code can name. */
  byte @Nullable [] hidden(@Nullable ClassLoader loader, byte[] bytes) {
    return instrument(loader, null, bytes, true);
  }

  private byte @Nullable [] instrument(
      @Nullable ClassLoader loader, @Nullable String className, byte[] bytes, boolean hidden) {
    Quiet quiet = Quiet.begin();
    try {
      String name = className == null ? nameIn(bytes) : className;
      Scope.Treatment treatment = name == null ? Scope.Treatment.NONE : scope.of(name);
      boolean none =
          treatment == Scope.Treatment.NONE || (hidden && treatment == Scope.Treatment.JDK);
      return none || name == null ? null : instrument(loader, name, treatment, bytes, hidden);
    } finally {
      quiet.end();
    }
  }

  /** What a class file calls its class; null if it is none, which the JVM will say. */
  private static @Nullable String nameIn(byte[] bytes) {
    try {
      return ClassFile.of().parse(bytes).thisClass().asInternalName();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private byte @Nullable [] instrument(
      @Nullable ClassLoader loader,
      String name,
      Scope.Treatment treatment,
      byte[] bytes,
      boolean hidden) {
    try {
      return instrument(loader, treatment, bytes, hidden, true);
    } catch (RuntimeException | LinkageError e) {
      Log.say(name.replace('/', '.') + " is left out: " + e);
      if (verbose) {
        e.printStackTrace();
      }
    }
    try { // others rely on its members
      return treatment == Scope.Treatment.JDK
          ? null
          : instrument(loader, treatment, bytes, hidden, false);
    } catch (RuntimeException | LinkageError e) {
      Log.say(name.replace('/', '.') + " can't have members of ours: " + e);
      return null;
    }
  }

  private byte @Nullable [] instrument(
      @Nullable ClassLoader loader,
      Scope.Treatment treatment,
      byte[] bytes,
      boolean hidden,
      boolean withCode) {
    ClassFile context =
        ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(shapes.resolver(loader)));
    ClassModel model = context.parse(bytes);
    Shape shape = shapes.shape(loader, bytes);
    if (hidden) {
      shapes.defineHidden(loader, shape);
    } else {
      shapes.define(loader, shape);
    }
    ClassInstrumenter instrumenter =
        new ClassInstrumenter(model, shape, treatment, shapes, loader, withCode);
    byte[] instrumented = instrumenter.instrument(context);
    done.incrementAndGet();
    if (withCode && treatment == Scope.Treatment.CHECKED && !SelfCheck.isProbe(shape.name())) {
      checked.incrementAndGet();
    }
    return instrumented;
  }
}
