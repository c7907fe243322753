package dev.runnel.race;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs programs in JVMs of their own, with the agent. Its jar is made of the compiled classes. */
final class Agents {
  /** How often to judge each program in a JVM of its own. */
  static final int ROUNDS = Integer.getInteger("runnel.race.rounds", 0);

  private static final int MOST_SECONDS = ROUNDS > 0 ? 600 : 60;

  /** The agent. */
  static final Path JAR = jar();

  private Agents() {}

  /** JVMs that run a program in ways of their own. */
  enum Jvm {
    /** Quick to start rather than quick to run. */
    QUICK("-XX:+UseSerialGC"),
    SERVER("-XX:+UseG1GC"),
    PARALLEL("-XX:+UseParallelGC"),
    CONCURRENT("-XX:+UseZGC");

    private final String collector;

    Jvm(String collector) {
      this.collector = collector;
    }

    private List<String> options() {
      return this == QUICK
          ? List.of(collector, "-XX:TieredStopAtLevel=1", "-Xmx64m")
          : List.of(collector, "-Xmx256m"); // the concurrent one is lost with less
    }
  }

  /** How a program ended, and what it said on either stream. */
  record Outcome(int status, String output) {}

  private static Path jar() {
    try {
      Path classes =
          Path.of(RaceIgnore.class.getProtectionDomain().getCodeSource().getLocation().getPath());
      Path jar = Files.createTempFile("runnel-race", ".jar");
      jar.toFile().deleteOnExit();
      Manifest manifest = new Manifest();
      Attributes attributes = manifest.getMainAttributes();
      attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
      attributes.putValue("Premain-Class", "dev.runnel.race.agent.Agent");
      attributes.putValue("Can-Retransform-Classes", "true");
      attributes.putValue("Can-Redefine-Classes", "true");
      try (OutputStream file = Files.newOutputStream(jar);
          JarOutputStream out = new JarOutputStream(file, manifest);
          Stream<Path> all = Files.walk(classes)) {
        for (Path path : all.filter(p -> p.toString().endsWith(".class")).toList()) {
          out.putNextEntry(new JarEntry(classes.relativize(path).toString()));
          out.write(Files.readAllBytes(path));
          out.closeEntry();
        }
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without the agent's own classes: the agent looks for its jar where its class comes from. */
  static String classPath() {
    Path own =
        Path.of(RaceIgnore.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).toAbsolutePath().equals(own.toAbsolutePath()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * Runs a program.
   *
   * @param options the agent's
   * @param main the main class and its arguments, perhaps after options of the JVM
   */
  static Outcome run(String options, String... main) throws IOException, InterruptedException {
    return runWith(JAR, options, main);
  }

  /** Runs a program with another agent. */
  static Outcome runWith(Path jar, String options, String... main)
      throws IOException, InterruptedException {
    return runOn(Jvm.QUICK, jar, options, main);
  }

  private static Outcome runOn(Jvm jvm, Path jar, String options, String... main)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm.options());
    command.add("-XX:-PrintWarnings"); // about class sharing
    command.add("-javaagent:" + jar + "=" + options);
    command.addAll(List.of("-cp", classPath()));
    command.addAll(List.of(main));
    Path output = Files.createTempFile("race", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        return new Outcome(-1, "still running: " + Files.readString(output));
      }
      return new Outcome(process.exitValue(), Files.readString(output));
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }

  /** Runs one of the {@code programs}. */
  static Outcome program(String options, String type, String method, String kind)
      throws IOException, InterruptedException {
    return programs(Jvm.QUICK, options, List.of(type, method, kind));
  }

  /** Runs several, one after another: of each the class, the method and the kind. */
  static Outcome programs(Jvm jvm, String options, List<String> which)
      throws IOException, InterruptedException {
    List<String> main = new ArrayList<>(List.of("dev.runnel.race.programs.Main"));
    main.addAll(which);
    return runOn(jvm, JAR, "selfcheck=off" + options, main.toArray(String[]::new));
  }
}
