package dev.runnel.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A program under {@code src/main/go} that runs one workload and prints its nanoseconds per
 * operation.
 *
 * @param version what Go it was built with
 * @param binary where it is
 */
record GoProgram(String version, Path binary) {

  /**
   * Builds a program with the newest Go that there is, on the PATH or in Debian's folders. It needs
   * nothing but Go's standard library, and nothing is downloaded.
   *
   * @param benchmarks the folder of this module
   * @param name the program's folder
   * @return the program; null if there is no Go
   * @throws IOException if it does not compile
   */
  static @Nullable GoProgram build(Path benchmarks, String name)
      throws IOException, InterruptedException {
    Path sources = benchmarks.resolve("src/main/go");
    Path binary = benchmarks.toAbsolutePath().resolve("target/go").resolve(name);
    String go = find();
    if (go == null) {
      return null;
    }
    var _ = output(sources, go, "build", "-o", binary.toString(), "./" + name);
    return new GoProgram(output(sources, go, "env", "GOVERSION"), binary);
  }

  /** One workload of this program. */
  Contestant contestant(String workload) {
    return new Contestant(
        "Go", () -> Double.parseDouble(output(Path.of("."), binary.toString(), workload)));
  }

  private static @Nullable String find() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
      Stream<Path> onPath = Stream.of(System.getenv("PATH").split(":")).map(Path::of);
      Stream<Path> debian =
          folders.filter(f -> f.getFileName().toString().startsWith("go-")).map(f -> f.resolve("bin"));
      return Stream.concat(onPath, debian.sorted((a, b) -> b.compareTo(a)))
          .map(folder -> folder.resolve("go"))
          .filter(Files::isExecutable)
          .map(Path::toString)
          .findFirst()
          .orElse(null);
    }
  }

  private static String output(Path folder, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("GOTOOLCHAIN", "local");
    builder.environment().put("GOFLAGS", "-mod=mod");
    builder.environment().put("GOPROXY", "off");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes()).strip();
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(List.of(command) + " failed with status " + status);
    }
    return output;
  }
}
