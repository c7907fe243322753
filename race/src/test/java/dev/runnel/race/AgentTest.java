package dev.runnel.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The agent's options, its report, and what it does when something is wrong. */
class AgentTest {
  @TempDir private Path dir;

  private static Agents.Outcome racing(String options) throws IOException, InterruptedException {
    return Agents.program(options, "Language", "start", "racing");
  }

  @Test
  void reportsBothAccessesAndBothThreads() throws Exception {
    Agents.Outcome outcome = racing("");
    assertThat(outcome.output())
        .containsPattern("(Write|Read) of Pair\\$Cell\\.value by thread \\d+ \"(main|Thread-0)\":")
        .contains("Language.start(Language.java:")
        .containsPattern("Previous (write|read) by thread \\d+ ")
        .containsPattern(
            "Thread \\d+ \"Thread-0\" \\((running|finished)\\) was created by thread \\d+ \"main\" at:")
        .contains("Found 1 data race(s)");
    assertThat(outcome.status()).isEqualTo(66);
  }

  @Test
  void selfCheckPassesAndSaysNothing() throws Exception {
    Agents.Outcome outcome =
        Agents.run("", "dev.runnel.race.programs.Main", "Language", "start", "ordered");
    assertThat(outcome.output().strip())
        .isEqualTo("program Language.start" + System.lineSeparator() + "ran to its end");
    assertThat(outcome.status()).isZero();
  }

  /** Of this JDK's, and of Runnel's own. */
  @Test
  @EnabledOnOs(OS.LINUX) // others have other classes for files and sockets
  void hasAllMethodsThatItsTableNames() throws Exception {
    Agents.Outcome outcome = Agents.run("", "dev.runnel.race.programs.Rows");
    assertThat(outcome.output().strip()).matches("\\d+ classes loaded");
    assertThat(outcome.status()).isZero();
  }

  @Test
  void exitStatusCanBeLeftToTheProgram() throws Exception {
    Agents.Outcome outcome = racing(",exitcode=0");
    assertThat(outcome.output()).contains("DATA RACE");
    assertThat(outcome.status()).isZero();
  }

  @Test
  void haltsAtTheFirstRace() throws Exception {
    Agents.Outcome outcome = racing(",halt_on_error,exitcode=7");
    assertThat(outcome.output()).contains("DATA RACE").doesNotContain("ran to its end");
    assertThat(outcome.status()).isEqualTo(7);
  }

  @Test
  void reportsToFiles() throws Exception {
    Path log = dir.resolve("log");
    Path json = dir.resolve("json");
    Agents.Outcome outcome = racing(",log=" + log + ",json=" + json);
    assertThat(outcome.output().strip())
        .isEqualTo("program Language.start" + System.lineSeparator() + "ran to its end");
    assertThat(log).content().contains("DATA RACE");
    assertThat(json)
        .content()
        .contains("\"variable\": \"Pair$Cell.value\"", "\"now\":", "\"before\":", "\"line\": ");
    assertThat(outcome.status()).isEqualTo(66);
  }

  @Test
  void keepsWholeStacksIfAsked() throws Exception {
    Agents.Outcome outcome = Agents.program(",stacks", "Data", "element", "racing");
    String before = outcome.output().substring(outcome.output().indexOf("Previous"));
    assertThat(before.substring(0, before.indexOf("\n\n"))).contains("Pair.lambda$quiet");
  }

  @Test
  void suppresses() throws Exception {
    Path file = Files.writeString(dir.resolve("s"), "# known\nrace:programs.Pair.write$\n");
    Agents.Outcome outcome = racing(",suppressions=" + file);
    assertThat(outcome.output()).doesNotContain("DATA RACE");
    assertThat(outcome.status()).isZero();
    Files.writeString(file, "race:programs.Pair.writ$\n");
    assertThat(racing(",suppressions=" + file).status()).isEqualTo(66);
  }

  @Test
  void excludedClassesAreNotCheckedButFollowed() throws Exception {
    assertThat(racing(",exclude=dev.runnel.race.programs.Language").status()).isZero();
    assertThat(racing(",include=dev.runnel.race.programs.Main").status()).isZero();
    assertThat(racing(",include=dev.runnel.race.programs.").status()).isEqualTo(66);
  }

  @Test
  void refusesOptionsThatItDoesNotKnow() throws Exception {
    Agents.Outcome outcome = racing(",halt=yes");
    assertThat(outcome.output()).contains("there is no option 'halt'");
    assertThat(outcome.status()).isEqualTo(2);
  }

  @Test
  void remembersAsManyArraysAsItIsToldTo() throws Exception {
    assertThat(forgotten("history=0").output()).contains("Write of int[][1] by");
    assertThat(forgotten("history=100000").output()).contains("Write of int[][1] by");
    assertThat(forgotten("history=1000").output().strip()).isEqualTo("ran to its end");
  }

  private static Agents.Outcome forgotten(String options) throws Exception {
    return Agents.run("selfcheck=off," + options, "dev.runnel.race.programs.Forgotten");
  }

  @Test
  void worksBesideJacoco() throws Exception {
    String jacoco =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.contains("org.jacoco.agent"))
            .findAny()
            .orElseThrow();
    Path data = dir.resolve("jacoco.exec");
    String agent = "-javaagent:" + jacoco + "=destfile=" + data + ",includes=dev.runnel.*";
    for (String kind : List.of("ordered", "racing")) {
      Agents.Outcome outcome =
          Agents.run("", agent, "dev.runnel.race.programs.Main", "Language", "start", kind);
      String races = kind.equals("racing") ? "Found 1 data race(s)" : "ran to its end";
      assertThat(outcome.output().strip()).endsWith(races);
      assertThat(outcome.status()).isEqualTo(kind.equals("racing") ? 66 : 0);
    }
    assertThat(data).isNotEmptyFile();
  }

  @Test
  void worksBesideTheFlightRecorder() throws Exception {
    Agents.Outcome outcome = Agents.run("selfcheck=off", "dev.runnel.race.programs.Flights");
    assertThat(outcome.output().strip()).isEqualTo("landed 2 at home");
    assertThat(outcome.status()).isZero();
  }
}
