package dev.runnel.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** Programs given as source, compiled by the JDK's own compiler. */
final class Sources {
  private static final ToolProvider JAVAC = ToolProvider.findFirst("javac").orElseThrow();

  private final Path dir;
  private final List<String> files = new ArrayList<>();

  /** Their files go to a folder. */
  Sources(Path dir) {
    this.dir = dir;
  }

  Sources add(String file, String source) throws IOException {
    Path path = dir.resolve(file);
    Files.createDirectories(path.getParent());
    files.add(Files.writeString(path, source).toString());
    return this;
  }

  /** Compiles what was added, to a folder. */
  void compile(String to, String... options) {
    List<String> arguments = new ArrayList<>(List.of("-d", dir.resolve(to).toString()));
    arguments.addAll(List.of(options));
    arguments.addAll(files);
    int status = JAVAC.run(System.out, System.err, arguments.toArray(String[]::new));
    assertThat(status).isZero();
    files.clear();
  }
}
