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

  Transformer(Scope scope, Shapes shapes, boolean verbose) {
    this.scope = scope;
    this.shapes = shapes;
    this.verbose = verbose;
  }

  int done() {
    return done.get();
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (className == null) {
      return null;
    }
    Scope.Treatment treatment = scope.of(className);
    if (treatment == Scope.Treatment.NONE) {
      return null;
    }
    Quiet quiet = Quiet.begin();
    try {
      return instrument(loader, className, treatment, bytes);
    } finally {
      quiet.end();
    }
  }

  private byte @Nullable [] instrument(
      @Nullable ClassLoader loader, String name, Scope.Treatment treatment, byte[] bytes) {
    try {
      return instrument(loader, treatment, bytes, true);
    } catch (RuntimeException | LinkageError e) {
      Log.say(name.replace('/', '.') + " is left out: " + e);
      if (verbose) {
        e.printStackTrace();
      }
    }
    try { // others rely on its members
      return treatment == Scope.Treatment.JDK ? null : instrument(loader, treatment, bytes, false);
    } catch (RuntimeException | LinkageError e) {
      Log.say(name.replace('/', '.') + " can't have members of ours: " + e);
      return null;
    }
  }

  private byte @Nullable [] instrument(
      @Nullable ClassLoader loader, Scope.Treatment treatment, byte[] bytes, boolean withCode) {
    ClassFile context =
        ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(shapes.resolver(loader)));
    ClassModel model = context.parse(bytes);
    Shape shape = shapes.shape(bytes);
    shapes.define(loader, shape);
    ClassInstrumenter instrumenter =
        new ClassInstrumenter(model, shape, treatment, shapes, loader, withCode);
    byte[] instrumented = instrumenter.instrument(context);
    done.incrementAndGet();
    return instrumented;
  }
}
