package dev.runnel.benchmarks.contest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The contestant in Go: built from {@code src/main/go/contest} with a Go on the PATH or in a folder
 * where Debian or Go's own package puts it. Nothing is downloaded.
 */
final class GoProgram {
  private static final int LEAST_MINOR = 23;

  private GoProgram() {}

  /**
   * Builds it.
   *
   * @param module this module's folder
   * @return it; null if there is no Go of at least 1.23
   * @throws IOException if it does not compile
   */
  static @Nullable Contestant contestant(Path module) throws IOException, InterruptedException {
    Path go = find();
    if (go == null) {
      return null;
    }
    Path sources = module.resolve("src/main/go/contest");
    // Absolute, as Go would take it as relative to the sources, where it is started.
    Path binary = module.resolve("target/go/contest").toAbsolutePath().normalize();
    var _ = output(sources, go, "build", "-o", binary.toString(), ".");
    return new Contestant("go", List.of(binary.toString()), Map.of());
  }

  /** The version that it is built with, such as go1.23.5; null if there is no Go. */
  static @Nullable String version() throws IOException, InterruptedException {
    Path go = find();
    return go == null ? null : version(go);
  }

  private static @Nullable Path find() throws IOException, InterruptedException {
    for (Path go : candidates()) {
      if (minor(version(go)) >= LEAST_MINOR) {
        return go;
      }
    }
    return null;
  }

  private static String version(Path go) throws IOException, InterruptedException {
    return output(Path.of("."), go, "env", "GOVERSION");
  }

  /** The minor release in a version such as go1.23.5; 0 if it is none. */
  static int minor(String version) {
    String[] parts = version.split("\\D+", -1);
    return parts.length > 2 && parts[1].equals("1") ? Integer.parseInt(parts[2]) : 0;
  }

  private static List<Path> candidates() throws IOException {
    List<Path> folders = new ArrayList<>();
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      folders.add(Path.of(folder));
    }
    folders.add(Path.of("/usr/local/go/bin"));
    if (Files.isDirectory(Path.of("/usr/lib"))) {
      try (Stream<Path> libraries = Files.list(Path.of("/usr/lib"))) {
        libraries
            .filter(folder -> folder.getFileName().toString().startsWith("go-1."))
            .sorted(Comparator.<Path>reverseOrder())
            .map(folder -> folder.resolve("bin"))
            .forEach(folders::add);
      }
    }
    return folders.stream()
        .map(folder -> folder.resolve("go"))
        .filter(Files::isExecutable)
        .distinct()
        .toList();
  }

  private static String output(Path folder, Path go, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(go.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(Map.of("GOTOOLCHAIN", "local", "GOPROXY", "off", "GOWORK", "off"));
    Process process = builder.start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + output);
    }
    return output;
  }
}
