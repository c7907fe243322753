package dev.runnel.race.programs;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Classes of the program's own loaders, and of none. */
@SuppressWarnings("unused")
final class Loaders {
  private Loaders() {}

  /** To be made a class that no loader can find by its name. */
  static final class Nameless implements Runnable {
    private static int count;

    @Override
    public void run() {
      count++;
    }
  }

  static void hiddenClass(boolean ordered) throws Exception {
    byte[] bytes = bytes(Nameless.class);
    Class<?> type = MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass();
    Pair.twice(ordered, made(type)::run);
  }

  private static Runnable made(Class<?> type) throws Exception {
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return (Runnable) constructor.newInstance();
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    String file = type.getName().replace('.', '/') + ".class";
    try (InputStream in = Loaders.class.getClassLoader().getResourceAsStream(file)) {
      return in.readAllBytes();
    }
  }

  /** To be loaded more than once. */
  static final class Loaded implements Runnable {
    private static int count;

    @Override
    public void run() {
      count++;
    }
  }

  /** Threads that use classes of the same name but different loaders share nothing. */
  static void classesOfOneName(boolean ordered) throws Exception {
    Runnable one = loaded();
    Runnable two = ordered ? loaded() : one;
    Pair.both(one::run, two::run);
  }

  private static Runnable loaded() throws Exception {
    return made(loader().loadClass(Loaded.class.getName()));
  }

  private static ClassLoader loader() throws Exception {
    Path dir = Files.createTempDirectory("loaders");
    String name = Loaded.class.getName();
    Path file = dir.resolve(name.replace('.', '/') + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, bytes(Loaded.class));
    return new URLClassLoader(new URL[] {dir.toUri().toURL()}, null);
  }

  /** A class's file is read for the JVM: whoever uses one first learns nothing of who printed. */
  static void bytesOfClasses(boolean ordered) throws Exception {
    Runnable _ = loaded(); // now what it needs is there
    ClassLoader loader = loader();
    Pair.Cell cell = new Pair.Cell();
    Object lock = new Object();
    Object other = ordered ? lock : new Object();
    Pair.inTurn(
        () -> {
          synchronized (lock) {
            cell.value++;
          }
          System.out.println("one");
        },
        () -> {
          Class<?> _ = loader.loadClass(Loaded.class.getName());
          synchronized (other) {
            cell.value++;
          }
        });
  }

  private static class Base {}

  private static final class Derived extends Base {}

  /** Loads the two by itself; says when the JVM asks it for the base, in the midst of the other. */
  private static final class Loader extends URLClassLoader {
    private volatile boolean asked;

    Loader(URL[] urls) {
      super(urls, Loaders.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals(Base.class.getName())) {
        asked = true;
      } else if (!name.equals(Derived.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  /** What a class loader of the program's does counts, wherever it is called from. */
  static void classLoader(boolean ordered) throws Exception {
    List<URL> urls = new ArrayList<>();
    String path = System.getProperty("java.class.path");
    for (String entry : List.of(path.split(File.pathSeparator))) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    try (Loader loader = new Loader(urls.toArray(new URL[0]))) {
      Pair.pass(
          ordered,
          () -> loader.loadClass(Derived.class.getName()),
          () -> {
            while (!loader.asked) {
              Thread.onSpinWait();
            }
          });
    }
  }
}
