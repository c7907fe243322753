package dev.runnel.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keeps the Java in README and docs true: a whole program is compiled and run as it stands on the
 * page; a fragment must stand in a source file that is compiled and tested, but for its
 * indentation.
 */
class DocsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
  private static final Pattern PROGRAM = Pattern.compile("public class (\\w+)");

  @TempDir private Path dir;

  @TestFactory
  List<DynamicTest> everyJavaBlockIsTrue() throws IOException {
    String sources = sources();
    List<DynamicTest> tests = new ArrayList<>();
    for (Path page : pages()) {
      Matcher block = BLOCK.matcher(Files.readString(page));
      for (int i = 1; block.find(); i++) {
        String code = block.group(1);
        tests.add(
            DynamicTest.dynamicTest(
                ROOT.relativize(page) + ", block " + i, () -> check(code, sources)));
      }
    }
    assertThat(tests).isNotEmpty();
    return tests;
  }

  private void check(String code, String sources) throws Exception {
    Matcher program = PROGRAM.matcher(code);
    if (program.find()) {
      assertThat(outputOf(program.group(1), code)).isEqualTo(expectedOutput(program.group(1)));
    } else {
      assertThat(sources).contains(withoutIndentation(code));
    }
  }

  private static String expectedOutput(String program) {
    return switch (program) {
      case "FirstProgram" -> "1\n4\n9\n16\n25\nhello from a goroutine\n";
      default -> throw new AssertionError("say here what " + program + " prints");
    };
  }

  private String outputOf(String name, String code) throws Exception {
    Path source = Files.writeString(dir.resolve(name + ".java"), code);
    String classPath = System.getProperty("java.class.path");
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-Xlint:all,-classfile,-path",
                "-Werror",
                "-cp",
                classPath,
                "-d",
                dir.toString(),
                source.toString());
    assertThat(status).as("compiles without a warning").isZero();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                dir + System.getProperty("path.separator") + classPath,
                name)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> files = Files.list(ROOT)) {
      files.filter(f -> f.toString().endsWith(".md")).forEach(pages::add);
    }
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      files.filter(f -> f.toString().endsWith(".md")).forEach(pages::add);
    }
    return pages;
  }

  /**
   * All that is compiled and run by tests: the tests of the core, of testing and of race, and the
   * examples.
   */
  private static String sources() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String folder :
        List.of(
            "core/src/test/java", "testing/src/test/java", "race/src/test/java", "examples/src")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        files
            .filter(f -> f.toString().endsWith(".java"))
            .forEach(f -> all.append(withoutIndentation(read(f))));
      }
    }
    return all.toString();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String withoutIndentation(String code) {
    return code.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
