package dev.runnel.benchmarks.contest;

import dev.runnel.benchmarks.workload.Runner;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a contestant on the JVM is started. */
final class Jvm {
  private final Path module;
  private final List<String> options;

  /**
   * How to start them.
   *
   * @param module this module's folder
   * @param options JVM options for all of them
   */
  Jvm(Path module, List<String> options) {
    this.module = module;
    this.options = options;
  }

  /**
   * One of them.
   *
   * @param name its name
   * @param peer what it is called by {@link Runner}
   * @param core Runnel's core that it runs with
   * @param more further JVM options
   */
  Contestant contestant(String name, String peer, Path core, List<String> more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms1g", "-Xmx4g", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(options);
    command.addAll(more);
    command.addAll(List.of("-cp", classPath(core), Runner.class.getName(), peer));
    return new Contestant(name, List.copyOf(command), Map.of());
  }

  private String classPath(Path core) throws IOException {
    try (Stream<Path> lib = Files.list(module.resolve("target/lib"))) {
      Stream<Path> others =
          lib.filter(jar -> !jar.getFileName().toString().equals("runnel-core.jar")).sorted();
      return Stream.concat(Stream.of(core, module.resolve("target/classes")), others)
          .map(Path::toString)
          .collect(Collectors.joining(File.pathSeparator));
    }
  }
}
