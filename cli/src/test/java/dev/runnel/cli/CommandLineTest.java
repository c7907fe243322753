package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What all commands have in common. */
class CommandLineTest {
  private final Console console = new Console();

  /** Every command, as one types it; the first is none. */
  private static Stream<String> commands() {
    Streams nowhere =
        new Streams(
            OutputStream.nullOutputStream(),
            new PrintStream(OutputStream.nullOutputStream()),
            false);
    return commandsOf(Runnel.commandLine(nowhere), "");
  }

  private static Stream<String> commandsOf(CommandLine command, String typed) {
    return Stream.concat(
        Stream.of(typed),
        command.getSubcommands().entrySet().stream()
            .flatMap(sub -> commandsOf(sub.getValue(), (typed + " " + sub.getKey()).strip())));
  }

  @Test
  void theseAreTheCommands() {
    assertThat(commands())
        .containsExactlyInAnyOrder("", "demo", "example", "example chat", "example sieve", "help");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpIsPrinted(String command) {
    assertThat(console.run(words(command + " --help"))).isZero();
    assertThat(console.out()).contains("Usage: " + ("./runnel " + command).strip() + " ");
    assertThat(console.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(console.err()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theHelpCommandPrintsTheSame(String command) {
    console.run(words(command + " --help"));
    List<String> words = Stream.of(words(command)).toList();
    if (words.size() > 1 || command.equals("help")) {
      return; // only a command's own help command knows it
    }
    Console other = new Console();
    assertThat(other.run(words("help " + command))).isZero();
    assertThat(other.out()).isEqualTo(console.out());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theVersionIsPrinted(String command) {
    if (command.equals("help")) {
      return; // it has none
    }
    assertThat(console.run(words(command + " --version"))).isZero();
    assertThat(console.out()).matches("Runnel \\S+ \\(Java 2\\d.*\\)\n");
    assertThat(console.err()).isEmpty();
  }

  @Test
  void theHelpOfAllNamesEveryCommand() {
    assertThat(console.run("--help")).isZero();
    assertThat(console.out()).contains("  test ", "  shell ", "  demo ", "  example ", "  help ");
    assertThat(console.out()).contains("  0 ", "  1 ", "  2 ", "  127 ", "  130 ");
  }

  @Test
  void theHelpOfTheDemoNamesItsExitStatuses() {
    assertThat(console.run("demo", "--help")).isZero();
    assertThat(console.out()).contains("  0 ", "  1 ", "  2 ", "  130 ");
  }

  @Test
  void withoutACommandTheHelpIsAnError() {
    assertThat(console.run()).isEqualTo(2);
    assertThat(console.out()).isEmpty();
    assertThat(console.err()).startsWith("Usage: ./runnel ").contains("  demo ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "frobnicate | ./runnel has no command 'frobnicate': see ./runnel --help.",
        "--frob | ./runnel has no option '--frob': see ./runnel --help.",
        "help frobnicate | unknown subcommand 'frobnicate'.",
        "demo --frob | ./runnel demo has no option '--frob': see ./runnel demo --help.",
        "demo a b | ./runnel demo takes no further argument 'b': see ./runnel demo --help.",
        "demo nowhere | there is no directory 'nowhere'.",
        "demo pom.xml | 'pom.xml' is not a directory.",
        "demo --workers 0 | --workers must be from 1 to 1024, not 0.",
        "demo --workers -1 | --workers must be from 1 to 1024, not -1.",
        "demo --workers 1025 | --workers must be from 1 to 1024, not 1025.",
        "demo --workers=x | invalid value for option '--workers': 'x' is not a whole number, or too"
            + " large: see ./runnel demo --help.",
        "demo --workers | missing required parameter for option '--workers' (N):"
            + " see ./runnel demo --help.",
        "demo --workers 2 --sequential | --workers=N, --sequential are mutually exclusive (specify"
            + " only one): see ./runnel demo --help.",
        "demo --json=yes | invalid value for option '--json': 'yes' is not a boolean:"
            + " see ./runnel demo --help.",
        "example | name a program, sieve or chat: see ./runnel example --help.",
        "example chess | ./runnel example has no command 'chess': see ./runnel example --help.",
        "example sieve many | invalid value for positional parameter at index 0 (N): 'many' is not"
            + " a whole number, or too large: see ./runnel example sieve --help.",
        "example chat --port 65536 | --port must be from 0 to 65535, not 65536.",
        "example chat --port -1 | --port must be from 0 to 65535, not -1."
      })
  void aMistakeIsAnsweredWithOneSentence(String line, String sentence) {
    assertThat(console.run(words(line))).isEqualTo(2);
    assertThat(console.err()).isEqualTo("runnel: " + sentence + "\n");
    assertThat(console.out()).isEmpty();
  }

  @Test
  void anEmptyDirIsNotTheCurrentOne() {
    assertThat(console.run("demo", "")).isEqualTo(2);
    assertThat(console.err()).isEqualTo("runnel: there is no directory ''.\n");
  }

  @Test
  void aMistakeCanNotPlayWithTheTerminal() {
    assertThat(console.run("demo", "a\n\u001b[2Jb")).isEqualTo(2);
    assertThat(console.err()).isEqualTo("runnel: there is no directory 'a??[2Jb'.\n");
  }

  private static String[] words(String line) {
    return Stream.of(line.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new);
  }
}
