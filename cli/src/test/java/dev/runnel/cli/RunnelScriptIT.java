package dev.runnel.cli;

import static dev.runnel.cli.Tree.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./runnel}: as people start Runnel, with modules. */
class RunnelScriptIT {
  /** What the script calls. */
  private static final List<String> TOOLS =
      List.of("bash", "cat", "dirname", "find", "flock", "locale", "mkdir", "readlink", "sed");

  @TempDir private Path home;
  @TempDir private Path dir;
  private House house;

  @BeforeEach
  void build() throws IOException {
    house = new House(home.resolve("house"));
  }

  @AfterEach
  void tearDown() throws IOException {
    house.close();
  }

  @Test
  void runsTheDemo() throws Exception {
    new Tree(dir).with("b", "a/c");
    House.Result demo = house.run("demo", dir.toString());
    assertThat(demo.out()).isEqualTo(line("a/c") + line("b"));
    assertThat(demo.err()).startsWith("2 files, 4 bytes, ").hasLineCount(1);
    assertThat(demo.status()).isZero();
  }

  @Test
  void withoutDirTheDemoDigestsTheRepository() throws Exception {
    House.Result demo = house.run("demo");
    assertThat(demo.out()).contains("  cli/src/main/jshell/runnel.jsh\n", "  runnel\n");
    assertThat(demo.status()).isZero();
  }

  @Test
  void knowsItsVersion() throws Exception {
    House.Result version = house.run("--version");
    assertThat(version.out()).matches("Runnel \\d+\\.\\d+\\.\\d+\\S* \\(Java .*\\)\n");
    assertThat(version.err()).isEmpty();
    assertThat(version.status()).isZero();
  }

  @Test
  void passesTheExitStatusOn() throws Exception {
    assertThat(house.run("frobnicate").status()).isEqualTo(2);
    assertThat(house.run("demo", "nowhere").status()).isEqualTo(2);
  }

  @Test
  void worksThroughALinkFromAnywhere() throws Exception {
    Path link = Files.createSymbolicLink(home.resolve("link"), house.script());
    House.Result demo = house.shell("cd '" + dir + "' && '" + link + "' demo .");
    assertThat(demo.err()).startsWith("0 files, ");
    assertThat(demo.status()).isZero();
  }

  @Test
  void handsOptionsToTheJvm() throws Exception {
    new Tree(dir).with("file");
    House.Result demo = house.with("RUNNEL_JAVA_OPTS", "-Xmx64m -Drunnel.home=" + dir).run("demo");
    assertThat(demo.out()).isEqualTo(line("file"));
  }

  @Test
  void findsNamesThatAreNotAsciiInAnyLocale() throws Exception {
    new Tree(dir).with("ä/ö");
    for (String locale : List.of("C", "POSIX", "xx_XX.UTF-8")) {
      House.Result demo =
          house
              .with("LC_ALL", locale)
              .shell("./runnel demo '" + dir + "'/\"$(printf '\\303\\244')\"");
      assertThat(demo.out()).as(locale).isEqualTo(Tree.sha256(utf8("ä/ö")) + "  ö\n");
    }
  }

  @Test
  void opensAShellInWhichGoroutinesChannelsAndSelectAreAtHand() throws Exception {
    String program =
        """
        Chan<Integer> numbers = Chan.buffered(1);
        go(() -> numbers.send(42));
        select(
            numbers.onReceive(n -> System.out.println("got " + n)),
            after(ofSeconds(60), () -> System.out.println("nothing came")));
        var group = new WaitGroup();
        group.go(() -> System.out.println("in a goroutine"));
        group.await();
        try (var g = ErrGroup.open(Context.background())) { g.await(); }
        """;
    House.Result shell = house.runWithInput(program, "shell", "-s", "-");
    assertThat(shell.out()).isEqualTo("got 42\nin a goroutine\n");
    assertThat(shell.status()).isZero();
  }

  @Test
  void takesJavaHomeIfItIsRecentEnough() throws Exception {
    assertThat(house.run("--java-home").out()).isEqualTo(System.getProperty("java.home") + "\n");
  }

  @Test
  void takesTheJdkOnThePathIfJavaHomeIsNone() throws Exception {
    House.Result javaHome =
        house
            .with("JAVA_HOME", dir.toString())
            .withTools(home.resolve("bin"), TOOLS, System.getProperty("java.home") + "/bin")
            .run("--java-home");
    assertThat(Path.of(javaHome.out().strip()).resolve("bin/javac")).isExecutable();
    assertThat(javaHome.out().strip()).isNotEqualTo(dir.toString());
  }

  @Test
  void withoutMavenItSaysSoInASentence() throws Exception {
    House.Result demo =
        house.unbuilt().withTools(home.resolve("bin"), TOOLS).run("demo", dir.toString());
    assertThat(demo.err())
        .isEqualTo(
            "runnel: Maven is needed to build Runnel, but there is no mvn on the PATH: install"
                + " Maven 3.8 or later.\n");
    assertThat(demo.status()).isEqualTo(127);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
