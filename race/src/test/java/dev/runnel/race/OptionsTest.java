package dev.runnel.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.race.runtime.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be chosen, what can be left out, and what is said of what can't be understood. */
class OptionsTest {
  private static final String PROGRAMS = "dev.runnel.race.programs.";

  @TempDir private Path dir;

  private static Agents.Outcome racing(String options) throws Exception {
    return Agents.run("selfcheck=off" + options, PROGRAMS + "Ignored", "nothing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"field", "method", "constructor", "type", "field of a type", "foreign"})
  void ignoresWhatIsAnnotated(String what) throws Exception {
    Agents.Outcome outcome = Agents.run("selfcheck=off", PROGRAMS + "Ignored", what);
    assertThat(outcome.output()).isEqualTo("ran to its end" + System.lineSeparator());
    assertThat(outcome.status()).isZero();
  }

  @Test
  void doesNotIgnoreTheRest() throws Exception {
    assertThat(racing("").status()).isEqualTo(66);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          race:Ignored.plain            , 0
          race:^Ignored.plain$          , 0
          race:^gnored                  , 66
          race:Pair.lambda$quiet        , 0
          race_top:Pair.lambda$quiet    , 66
          race_top:Ignored.lambda       , 0
          race:programs.*.lambda$main   , 0
          race:programs.*.lambda$other  , 66
          """)
  void suppressesWhatAFileTells(String line, int status) throws Exception {
    Path file = Files.writeString(dir.resolve("known"), "# known\n\n  " + line + "  \n");
    Agents.Outcome outcome = racing(",suppressions=" + file);
    assertThat(outcome.status()).as(outcome.output()).isEqualTo(status);
    if (status == 0) {
      assertThat(outcome.output())
          .doesNotContain("DATA RACE")
          .contains("runnel-race: 1 race(s) suppressed");
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          exitcode=many              , 'exitcode must be from 0 to 255, not ''many'''
          exitcode=256               , 'exitcode must be from 0 to 255, not ''256'''
          exitcode                   , 'exitcode must be from 0 to 255, not '''''
          history=-1                 , 'history must be from 0 to 1073741824, not ''-1'''
          history=all                , 'history must be from 0 to 1073741824, not ''all'''
          halt_on_error=perhaps      , 'halt_on_error must be on or off, not ''perhaps'''
          stacks=2                   , 'stacks must be on or off, not ''2'''
          log=                       , 'log needs the name of a file'
          json                       , 'json needs the name of a file'
          suppressions               , 'suppressions needs the name of a file'
          include=                   , 'include needs names of classes or packages, such as com.example.*'
          exclude=;                  , 'exclude needs names of classes or packages, such as com.example.*'
          include=com.*.internal     , 'include has a * that is not the end of ''com.*.internal'''
          haltonerror                , 'there is no option ''haltonerror'''
          """)
  void understandsWhatIsWrong(String options, String message) {
    assertThatThrownBy(() -> Options.parse("stacks, " + options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          log=/nowhere/at/all        , 'there is no file or folder ''/nowhere/at/all'''
          json=/nowhere/at/all       , 'there is no file or folder ''/nowhere/at/all'''
          suppressions=/nowhere      , 'there is no file or folder ''/nowhere'''
          exitcode=many              , 'exitcode must be from 0 to 255, not ''many'''
          haltonerror                , 'there is no option ''haltonerror'''
          """)
  void saysSoInOneSentence(String options, String message) throws Exception {
    Agents.Outcome outcome = racing("," + options);
    assertThat(outcome.output()).startsWith("runnel-race: " + message).hasLineCount(1);
    assertThat(outcome.status()).isEqualTo(2);
  }

  @Test
  void saysWhichSuppressionIsWrong() throws Exception {
    Path file = Files.writeString(dir.resolve("known"), "race:fine\nthread:Main.run\n");
    Agents.Outcome outcome = racing(",suppressions=" + file);
    assertThat(outcome.output())
        .startsWith("runnel-race: a suppression is race:PATTERN or race_top:PATTERN, not ")
        .hasLineCount(1);
    assertThat(outcome.status()).isEqualTo(2);
  }

  @Test
  void saysOnRequestWhatItDoes() throws Exception {
    assertThat(racing(",verbose").output()).contains(" classes instrumented");
  }

  @Test
  void writesAnEmptyArrayIfThereIsNoRace() throws Exception {
    Path json = dir.resolve("json");
    Agents.Outcome outcome =
        Agents.run("selfcheck=off,json=" + json, PROGRAMS + "Ignored", "field");
    assertThat(outcome.status()).isZero();
    assertThat(json).content().isEqualToIgnoringWhitespace("[]");
  }

  @Test
  void writesJsonAlsoWhenItHalts() throws Exception {
    Path json = dir.resolve("json");
    assertThat(racing(",halt_on_error,json=" + json).output()).doesNotContain("ran to its end");
    assertThat(json).content().contains("Ignored.plain");
  }

  /** A name with a typo would else mean that nothing is checked, and all seems well. */
  @Test
  void doesNotPassInSilenceWhenNothingIsChecked() throws Exception {
    for (String nothing : List.of(",include=com.exmaple.*", ",exclude=dev.runnel.*")) {
      Agents.Outcome outcome = racing(nothing);
      assertThat(outcome.output())
          .contains("ran to its end", "runnel-race: no class was checked")
          .doesNotContain("DATA RACE");
      assertThat(outcome.status()).isEqualTo(65);
    }
    Agents.Outcome left = racing(",exitcode=0,include=com.exmaple.*");
    assertThat(left.output()).contains("runnel-race: no class was checked");
    assertThat(left.status()).isZero();
  }
}
