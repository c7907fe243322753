package dev.runnel.race.programs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.instruction.LineNumber;
import java.lang.reflect.Method;

/**
 * Runs programs, each given by its class, its method, and whether it is the ordered one. When there
 * are several, each has its classes for itself.
 */
public final class Main {
  private static final String PROGRAMS = Main.class.getPackageName() + ".";

  private Main() {}

  public static void main(String[] args) throws Exception {
    for (int i = 0; i < args.length; i += 3) {
      System.out.println("program " + args[i] + "." + args[i + 1]);
      ClassLoader app = Main.class.getClassLoader();
      ClassLoader loader = i == 0 ? app : new Copies(app, i * 150);
      Class<?> type = Class.forName(PROGRAMS + args[i], true, loader);
      Method method = type.getDeclaredMethod(args[i + 1], boolean.class);
      method.setAccessible(true);
      method.invoke(null, args[i + 2].equals("ordered"));
      System.out.println("ran to its end");
    }
  }

  /** Loads the programs' classes anew, with other line numbers: races are told apart by those. */
  private static final class Copies extends ClassLoader {
    private final int moreLines;

    Copies(ClassLoader parent, int moreLines) {
      super(parent);
      this.moreLines = moreLines;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(PROGRAMS)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? copy(name) : loaded;
    }

    private Class<?> copy(String name) {
      ClassFile file = ClassFile.of();
      ClassTransform moved =
          ClassTransform.transformingMethodBodies((code, element) ->
              code.with(
                  element instanceof LineNumber n ? LineNumber.of(n.line() + moreLines) : element));
      String resource = name.replace('.', '/') + ".class";
      try (InputStream in = getParent().getResourceAsStream(resource)) {
        byte[] bytes = file.transformClass(file.parse(in.readAllBytes()), moved);
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
