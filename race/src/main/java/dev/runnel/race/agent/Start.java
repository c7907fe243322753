package dev.runnel.race.agent;

import dev.runnel.race.runtime.HiddenClasses;
import dev.runnel.race.runtime.Log;
import dev.runnel.race.runtime.Options;
import dev.runnel.race.runtime.Quiet;
import dev.runnel.race.runtime.Races;
import dev.runnel.race.runtime.StandardStreams;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Method;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts everything in place, from the bootstrap loader. */
public final class Start {
  /** After the JDK's own and the program's hooks, of which the JDK has room for ten. */
  private static final int LAST_HOOK = 9;

  /** The exit status when the detector can't work, or did not. */
  private static final int BROKEN = 65;

  private Start() {}

  /**
   * Begins to detect races, or ends the program if that can't be.
   *
   * @param text the options, or null
   * @param instrumentation the JVM's
   */
  public static void start(@Nullable String text, Instrumentation instrumentation) {
    try {
      begin(Options.parse(text), instrumentation);
    } catch (IllegalArgumentException e) {
      Log.say(String.valueOf(e.getMessage()));
      Runtime.getRuntime().halt(2);
    } catch (NoSuchFileException e) {
      Log.say("there is no file or folder '" + e.getFile() + "'");
      Runtime.getRuntime().halt(2);
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
      Log.say("'" + e.getFile() + "' can't be used: " + reason);
      Runtime.getRuntime().halt(2);
    } catch (IOException e) {
      Log.say("a file can't be used: " + e);
      Runtime.getRuntime().halt(2);
    } catch (ReflectiveOperationException | UnmodifiableClassException | RuntimeException e) {
      Log.say("the detector can't start: " + e);
      e.printStackTrace();
      Runtime.getRuntime().halt(BROKEN);
    }
  }

  private static void begin(Options options, Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException, UnmodifiableClassException {
    if (options.log() != null) {
      Log.to(options.log());
    }
    open(instrumentation);
    Races.prepare();
    StandardStreams.find();
    Scope scope = new Scope(options);
    Shapes shapes = new Shapes(scope);
    Quiet quiet = Quiet.begin();
    Transformer transformer;
    try {
      transformer = instrument(options, instrumentation, scope, shapes);
    } finally {
      quiet.end();
    }
    if (options.selfCheck()) {
      String broken = SelfCheck.run();
      if (broken != null) {
        throw new IllegalStateException("the self-check found that " + broken);
      }
    }
    Races.start(options);
    atExit(transformer, options);
  }

  private static Transformer instrument(
      Options options, Instrumentation instrumentation, Scope scope, Shapes shapes)
      throws UnmodifiableClassException {
    List<Class<?>> followed = new ArrayList<>();
    for (Class<?> c : instrumentation.getAllLoadedClasses()) {
      String name = c.getName().replace('.', '/');
      if (c.isArray() || c.isHidden()) {
        continue;
      }
      switch (scope.of(name)) {
        case NONE -> {}
        case JDK -> {
          if (instrumentation.isModifiableClass(c)) {
            followed.add(c);
          }
        }
        case FOLLOWED, CHECKED -> shapes.loadedBefore(name);
      }
    }
    Transformer transformer = new Transformer(scope, shapes, options.verbose());
    instrumentation.addTransformer(transformer, true);
    HiddenClasses.instrumentWith(transformer::hidden);
    if (options.verbose()) {
      Log.say("retransforming " + followed.size() + " classes of the JDK");
    }
    instrumentation.retransformClasses(followed.toArray(new Class<?>[0]));
    return transformer;
  }

  /** Opens to us what we need of the JDK, and to nobody else. */
  private static void open(Instrumentation instrumentation) {
    Module ours = Start.class.getModule();
    Set<Module> us = Set.of(ours);
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of("jdk.internal.misc", us),
        Map.of("java.lang", us, "java.lang.invoke", us, "java.io", us, "jdk.internal.misc", us),
        Set.of(),
        Map.of());
  }

  /** The last hook of all: what the program's own do is checked, too. */
  private static void atExit(Transformer transformer, Options options)
      throws ReflectiveOperationException {
    Method add =
        Class.forName("java.lang.Shutdown")
            .getDeclaredMethod("add", int.class, boolean.class, Runnable.class);
    add.setAccessible(true);
    Runnable hook =
        () -> {
          if (options.verbose()) {
            Log.say(transformer.done() + " classes instrumented");
          }
          int status = Races.finish();
          if (transformer.checked() == 0) {
            Log.say(
                "no class was checked" + (options.narrows() ? ": see include and exclude" : ""));
            if (status < 0 && options.narrows() && options.exitCode() != 0) {
              status = BROKEN;
            }
          }
          if (status >= 0) {
            Runtime.getRuntime().halt(status);
          }
        };
    add.invoke(null, LAST_HOOK, false, hook);
  }
}
