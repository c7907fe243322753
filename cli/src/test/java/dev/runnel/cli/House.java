package dev.runnel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder with the script {@code runnel} in it, and what that starts from, freshly built as it
 * seems: so a test can run the script while the true house is being built.
 */
final class House implements AutoCloseable {
  private static final Path MODULE = Path.of("").toAbsolutePath();

  private final Path root;
  private final List<Path> links = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();

  /** Builds it in an empty folder. */
  House(Path root) throws IOException {
    this.root = Files.createDirectories(root);
    Files.copy(MODULE.resolveSibling("runnel"), script());
    Files.setPosixFilePermissions(
        script(), Files.getPosixFilePermissions(MODULE.resolveSibling("runnel")));
    Path startup = Path.of("src", "main", "jshell", "runnel.jsh");
    Files.createDirectories(root.resolve("cli").resolve(startup).getParent());
    Files.copy(MODULE.resolve(startup), root.resolve("cli").resolve(startup));
    Path target = Files.createDirectories(root.resolve("cli/target"));
    link(target.resolve("lib"), MODULE.resolve("target/lib"));
    copy(MODULE.resolve("target/classes"), target.resolve("classes")); // Java takes no link here
    Files.createFile(Files.createDirectories(root.resolve("target")).resolve("runnel-cli.built"));
    Files.setLastModifiedTime(
        root.resolve("target/runnel-cli.built"), FileTime.from(Instant.now().plusSeconds(3_600)));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private void link(Path from, Path to) throws IOException {
    links.add(Files.createSymbolicLink(from, to));
  }

  Path script() {
    return root.resolve("runnel");
  }

  /** Forgets that it is built. */
  House unbuilt() throws IOException {
    Files.delete(root.resolve("target/runnel-cli.built"));
    return this;
  }

  /** Sets a variable of the environment. */
  House with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /**
   * Sets the PATH to a folder with nothing in it but the tools named, and folders after it.
   *
   * @param bin the folder to make
   */
  House withTools(Path bin, List<String> tools, String... folders) throws IOException {
    Files.createDirectory(bin);
    for (String tool : tools) {
      for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
        Path file = Path.of(folder, tool);
        if (Files.isExecutable(file)) {
          link(bin.resolve(tool), file);
          break;
        }
      }
    }
    return with("PATH", bin + File.pathSeparator + String.join(File.pathSeparator, folders));
  }

  /** Runs the script. */
  Result run(String... args) throws IOException, InterruptedException {
    return runWithInput("", args);
  }

  /** Runs the script with something on its standard input. */
  Result runWithInput(String input, String... args) throws IOException, InterruptedException {
    String[] command = new String[args.length + 1];
    command[0] = script().toString();
    System.arraycopy(args, 0, command, 1, args.length);
    return start(input, command);
  }

  /** Runs a shell command in the house. */
  Result shell(String command) throws IOException, InterruptedException {
    return start("", "bash", "-c", command);
  }

  private Result start(String input, String... command) throws IOException, InterruptedException {
    Path err = Files.createTempFile("runnel", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
      builder.redirectError(err.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(UTF_8));
      }
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(100, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("it does not end");
      }
      return new Result(process.exitValue(), out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }

  /** Takes the links out of the house, lest somebody clears away what they lead to. */
  @Override
  public void close() throws IOException {
    for (Path link : links) {
      Files.delete(link);
    }
  }

  /** What came of it. */
  record Result(int status, String out, String err) {}
}
