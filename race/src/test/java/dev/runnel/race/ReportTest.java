package dev.runnel.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports, word for word but for numbers. */
class ReportTest {
  private static final Pattern NUMBER = Pattern.compile("((?:[Gg]oroutine|[Tt]hread) )(\\d+)");

  @TempDir private Path dir;

  /** Threads are numbered as they come. */
  static String numbered(String report) {
    Map<String, Integer> threads = new HashMap<>();
    return NUMBER
        .matcher(report)
        .replaceAll(found -> {
          int number = threads.computeIfAbsent(found.group(2), _ -> threads.size() + 1);
          return found.group(1) + number;
        })
        .replace(System.lineSeparator(), "\n");
  }

  /** Likewise; lines and the programs' package are left out. */
  private static String plain(String report) {
    return numbered(report)
        .replace("dev.runnel.race.programs.", "")
        .replaceAll("\\.java:\\d+", ".java:_");
  }

  /** Also without what is chance: whether a thread that has said its last has ended. */
  private static String report(String options, String program) throws Exception {
    Agents.Outcome outcome =
        Agents.run("selfcheck=off" + options, "dev.runnel.race.programs.Reports", program);
    assertThat(outcome.status()).as(outcome.output()).isEqualTo(66);
    return plain(outcome.output()).replaceAll("\\((finished|running)\\)", "(alive?)");
  }

  @Test
  void goroutinesByTheirNamesAndNumbers() throws Exception {
    assertThat(report("", "goroutines"))
        .isEqualTo(
            """
            ==================
            WARNING: DATA RACE
            Write of Reports.count by goroutine 1:
              Reports.second(Reports.java:_)
              Reports.lambda$goroutines$1(Reports.java:_)

            Previous write by goroutine 2 "the first":
              Reports.first(Reports.java:_)

            Goroutine 1 (alive?) was created by thread 3 "main" at:
              Reports.goroutines(Reports.java:_)
              Reports.main(Reports.java:_)

            Goroutine 2 "the first" (alive?) was created by thread 3 "main" at:
              Reports.goroutines(Reports.java:_)
              Reports.main(Reports.java:_)
            ==================
            Found 1 data race(s)
            """);
  }

  @Test
  void wholeStacksOfBothIfAsked() throws Exception {
    assertThat(report(",stacks", "goroutines"))
        .contains(
            """

            Previous write by goroutine 2 "the first":
              Reports.first(Reports.java:_)
              Reports.lambda$goroutines$0(Reports.java:_)

            """);
  }

  @Test
  void threadsByTheNamesTheyHaveNow() throws Exception {
    assertThat(report("", "threads"))
        .isEqualTo(
            """
            ==================
            WARNING: DATA RACE
            Write of Reports.count by thread 1 "main":
              Reports.second(Reports.java:_)
              Reports.threads(Reports.java:_)
              Reports.main(Reports.java:_)

            Previous write by thread 2 "renamed":
              Reports.lambda$threads$0(Reports.java:_)

            Thread 2 "renamed" (alive?) was created by thread 1 "main" at:
              Reports.threads(Reports.java:_)
              Reports.main(Reports.java:_)
            ==================
            Found 1 data race(s)
            """);
  }

  @Test
  void whetherTheyHaveEnded() throws Exception {
    Agents.Outcome outcome =
        Agents.run("selfcheck=off", "dev.runnel.race.programs.Reports", "ended");
    assertThat(outcome.output()).contains(" \"ended\" (finished) was created by thread ");
    assertThat(Agents.run("selfcheck=off", "dev.runnel.race.programs.Reports", "threads").output())
        .contains(" \"renamed\" (running) was created by thread ");
  }

  @Test
  void workersOfAPoolWhereTheUserSubmitted() throws Exception {
    assertThat(report("", "pool"))
        .contains(
            """
            Thread 2 "pool-1-thread-1" (alive?) was created by thread 1 "main" at:
              Reports.pool(Reports.java:_)
              Reports.main(Reports.java:_)
            ==================
            """);
  }

  @Test
  void virtualThreads() throws Exception {
    assertThat(report("", "virtual"))
        .contains("Write of Reports.count by virtual thread 1 \"two\":\n")
        .contains("Previous write by virtual thread 2:\n")
        .contains("Virtual thread 2 (alive?) was created by thread 3 \"main\" at:\n  Reports.virt");
  }

  @Test
  void goroutinesOfAGroupWhereItWasCalled() throws Exception {
    assertThat(report("", "group"))
        .contains(
            """
            Goroutine 1 (alive?) was created by thread 3 "main" at:
              dev.runnel.ErrGroup.start(ErrGroup.java:_)
              dev.runnel.ErrGroup.go(ErrGroup.java:_)
              Reports.group(Reports.java:_)
              Reports.main(Reports.java:_)
            """);
  }

  @Test
  void goroutinesOfGoroutines() throws Exception {
    assertThat(report("", "nested"))
        .isEqualTo(
            """
            ==================
            WARNING: DATA RACE
            Write of Reports.count by goroutine 1:
              Reports.second(Reports.java:_)
              Reports.lambda$nested$0(Reports.java:_)

            Previous write by goroutine 2 "inner":
              Reports.first(Reports.java:_)

            Goroutine 1 (alive?) was created by thread 3 "main" at:
              Reports.nested(Reports.java:_)
              Reports.main(Reports.java:_)

            Goroutine 2 "inner" (alive?) was created by goroutine 1 at:
              Reports.lambda$nested$0(Reports.java:_)
            ==================
            Found 1 data race(s)
            """);
  }

  @Test
  void elementsOfArrays() throws Exception {
    assertThat(report("", "elements"))
        .contains("Read of int[][17] by thread", "Read of long[][3] by thread")
        .contains("Found 2 data race(s)");
  }

  @Test
  void collectionsAndWhatWasCalled() throws Exception {
    assertThat(report("", "map"))
        .contains(
            """
            WARNING: DATA RACE: concurrent map read and map write
            Read of java.util.HashMap by thread 1 "main":
              java.util.HashMap.get(HashMap.java)
              Reports.map(Reports.java:_)
              Reports.main(Reports.java:_)

            Previous write by thread 2 "Thread-0":
              java.util.HashMap.put(HashMap.java)
              Reports.lambda$map$0(Reports.java:_)
            """)
        .contains("WARNING: DATA RACE: concurrent map writes\n")
        .contains("Found 2 data race(s)");
    assertThat(report("", "text"))
        .contains("WARNING: DATA RACE: concurrent use of one StringBuilder\n");
  }

  @Test
  void whatHappenedToACollectionAsJson() throws Exception {
    Path json = dir.resolve("races.json");
    String unused = report(",json=" + json, "map");
    assertThat(Files.readString(json))
        .contains(
            """
            [
            {"variable": "java.util.HashMap",
             "what": "concurrent map read and map write",
             "now": {"kind": "read",
            """);
    assertThat(unused).contains("DATA RACE");
  }

  @Test
  void collectionsCanBeSuppressedByTheProgramsOwnLine() throws Exception {
    Path file = Files.writeString(dir.resolve("known.txt"), "race_top:^*Reports.map$\n");
    Agents.Outcome outcome =
        Agents.run("selfcheck=off,suppressions=" + file, "dev.runnel.race.programs.Reports", "map");
    assertThat(outcome.output()).contains("2 race(s) suppressed").doesNotContain("DATA RACE");
  }

  @Test
  void eachPairOfLinesOnce() throws Exception {
    assertThat(report("", "loop")).containsOnlyOnce("DATA RACE").contains("Found 1 data race(s)");
  }

  @Test
  void asJson() throws Exception {
    Path json = dir.resolve("races.json");
    String unused = report(",json=" + json, "nested");
    assertThat(
            plain(Files.readString(json))
                .replaceAll("(\"(?:line|id)\": )\\d+", "$1_")
                .replaceAll("(\"finished\": )(true|false)", "$1?"))
        .isEqualTo(
            """
            [
            {"variable": "Reports.count",
             "now": {"kind": "write",
              "thread": {"kind": "goroutine", "id": _, "name": "", "finished": ?,
               "createdBy": "thread 1 \\"main\\"",
               "createdAt": [
                {"class": "Reports", "method": "nested", "file": "Reports.java", "line": _},
                {"class": "Reports", "method": "main", "file": "Reports.java", "line": _}]},
              "stack": [
               {"class": "Reports", "method": "second", "file": "Reports.java", "line": _},
               {"class": "Reports", "method": "lambda$nested$0", "file": "Reports.java", "line": _}]},
             "before": {"kind": "write",
              "thread": {"kind": "goroutine", "id": _, "name": "inner", "finished": ?,
               "createdBy": "goroutine 2",
               "createdAt": [
                {"class": "Reports", "method": "lambda$nested$0", "file": "Reports.java", "line": _}]},
              "stack": [
               {"class": "Reports", "method": "first", "file": "Reports.java", "line": _}]}}
            ]
            """);
    assertThat(unused).contains("DATA RACE");
  }
}
