package dev.runnel.race.agent;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.constant.ClassDesc;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of classes, as a loader sees them: from the class file itself when it is loaded, from
 * the loader's resources when somebody who uses the class is loaded first.
 */
final class Shapes {
  private static final String EVENT = "jdk/jfr/Event";

  private final Scope scope;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ClassLoader, Map<String, Optional<Shape>>> byLoader = new WeakHashMap<>();
  private final Map<String, Optional<Shape>> ofBootstrap = new HashMap<>();
  private final Set<String> loadedBefore = new HashSet<>();

  Shapes(Scope scope) {
    this.scope = scope;
  }

  /** A class was loaded before us, and has no members of ours. */
  void loadedBefore(String name) {
    loadedBefore.add(name);
  }

  boolean isOfJdk(String name) {
    return scope.isJdk(name);
  }

  boolean wasLoadedBefore(String name) {
    return loadedBefore.contains(name);
  }

  /** The shape of a class; null if it can't be found. */
  @Nullable Shape find(@Nullable ClassLoader from, String name) {
    ClassLoader loader = scope.isJdk(name) ? null : from;
    lock.lock();
    try {
      Map<String, Optional<Shape>> known = map(loader);
      if (known.containsKey(name)) {
        return known.get(name).orElse(null);
      }
    } finally {
      lock.unlock();
    }
    Shape found = read(loader, name);
    lock.lock();
    try {
      return map(loader).merge(name, Optional.ofNullable(found), (old, _) -> old).orElse(null);
    } finally {
      lock.unlock();
    }
  }

  /** A class is being loaded. */
  void define(@Nullable ClassLoader loader, Shape shape) {
    lock.lock();
    try {
      map(loader).put(shape.name(), Optional.of(shape));
    } finally {
      lock.unlock();
    }
  }

  /** A hidden class is being made. A class of the same name goes before, if there is one. */
  void defineHidden(@Nullable ClassLoader loader, Shape shape) {
    if (find(loader, shape.name()) == null) {
      define(loader, shape);
    }
  }

  private Map<String, Optional<Shape>> map(@Nullable ClassLoader loader) {
    return loader == null ? ofBootstrap : byLoader.computeIfAbsent(loader, l -> new HashMap<>());
  }

  private @Nullable Shape read(@Nullable ClassLoader loader, String name) {
    String file = name + ".class";
    try (InputStream in =
        loader == null
            ? ClassLoader.getSystemResourceAsStream(file)
            : loader.getResourceAsStream(file)) {
      return in == null ? null : shape(loader, in.readAllBytes());
    } catch (IOException | RuntimeException e) {
      return null; // a loader may do as it likes; what is unknown is treated with care
    }
  }

  Shape shape(@Nullable ClassLoader loader, byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    String name = model.thisClass().asInternalName();
    Scope.Treatment treatment = scope.of(name);
    boolean ours = treatment == Scope.Treatment.CHECKED || treatment == Scope.Treatment.FOLLOWED;
    boolean members =
        ours
            && !loadedBefore.contains(name)
            && model.majorVersion() >= 49
            && !isEvent(loader, model);
    return Shape.of(model, members, members && treatment == Scope.Treatment.CHECKED);
  }

  /**
   * Whether a class is an event of the Flight Recorder, which transforms it when it is switched on:
   * with members of ours in it, the JVM refuses what comes of that.
   */
  private boolean isEvent(@Nullable ClassLoader loader, ClassModel model) {
    String parent = model.superclass().map(ClassEntry::asInternalName).orElse(null);
    while (parent != null && !parent.equals(EVENT) && !scope.isJdk(parent)) {
      Shape shape = find(loader, parent);
      parent = shape == null ? null : shape.superName();
    }
    return EVENT.equals(parent);
  }

  /** For stack maps: what the JVM's verifier will find. */
  ClassHierarchyResolver resolver(@Nullable ClassLoader loader) {
    return type -> {
      if (!type.isClassOrInterface()) {
        return null;
      }
      String descriptor = type.descriptorString();
      Shape shape = find(loader, descriptor.substring(1, descriptor.length() - 1));
      if (shape == null) {
        return null;
      }
      if (shape.isInterface()) {
        return ClassHierarchyResolver.ClassHierarchyInfo.ofInterface();
      }
      String parent = shape.superName();
      return ClassHierarchyResolver.ClassHierarchyInfo.ofClass(
          parent == null ? null : ClassDesc.ofInternalName(parent));
    };
  }

  /** Where a field that a class names is declared. */
  @Nullable Resolved resolve(
      @Nullable ClassLoader loader, String owner, String name, String descriptor) {
    Set<String> seen = new HashSet<>();
    for (String c = owner; c != null; ) {
      Shape shape = find(loader, c);
      if (shape == null) {
        return null;
      }
      Shape.Member member = shape.fields().get(name + descriptor);
      if (member != null) {
        return new Resolved(shape, member);
      }
      Resolved inherited = inInterfaces(loader, shape, name, descriptor, seen);
      if (inherited != null) {
        return inherited;
      }
      c = shape.superName();
    }
    return null;
  }

  /** Whether a class implements an interface, itself or in what it inherits. */
  boolean isBelow(@Nullable ClassLoader loader, Shape shape, String wanted) {
    if (shape.name().equals(wanted)) {
      return true;
    }
    for (String name : shape.interfaces()) {
      Shape inherited = name.equals(wanted) ? null : find(loader, name);
      if (name.equals(wanted) || (inherited != null && isBelow(loader, inherited, wanted))) {
        return true;
      }
    }
    String parent = shape.superName();
    Shape above = parent == null ? null : find(loader, parent);
    return above != null && isBelow(loader, above, wanted);
  }

  private @Nullable Resolved inInterfaces(
      @Nullable ClassLoader loader, Shape shape, String name, String descriptor, Set<String> seen) {
    for (String i : shape.interfaces()) {
      Shape inherited = seen.add(i) ? find(loader, i) : null;
      if (inherited == null) {
        continue;
      }
      Shape.Member member = inherited.fields().get(name + descriptor);
      if (member != null) {
        return new Resolved(inherited, member);
      }
      Resolved above = inInterfaces(loader, inherited, name, descriptor, seen);
      if (above != null) {
        return above;
      }
    }
    return null;
  }

  /** A field and the class that declares it. */
  record Resolved(Shape declaring, Shape.Member member) {}
}
