package dev.runnel.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * For every edge a pair of programs that differ in it alone, each in a JVM of its own: the ordered
 * one must be found clean, the racing one racing. {@code -Drunnel.race.rounds=20} runs all of them
 * 20 times.
 */
class PairsTest {
  private static final List<String> TYPES = List.of("Language", "Data", "Concurrent", "Channels");
  private static final int ROUNDS = Integer.getInteger("runnel.race.rounds", 1);
  private static final ExecutorService EXECUTOR =
      Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()));

  @AfterAll
  static void end() {
    EXECUTOR.shutdownNow();
  }

  private record Program(String type, String method, String kind) {
    @Override
    public String toString() {
      return type + "." + method + " " + kind;
    }
  }

  @TestFactory
  Stream<DynamicTest> pairs() throws ClassNotFoundException {
    List<Program> programs = programs();
    assertThat(programs).hasSizeGreaterThan(60);
    List<Future<List<Agents.Outcome>>> outcomes = new ArrayList<>();
    for (Program program : programs) {
      outcomes.add(EXECUTOR.submit(() -> run(program)));
    }
    return Stream.iterate(0, i -> i < programs.size(), i -> i + 1)
        .map(i ->
            DynamicTest.dynamicTest(
                programs.get(i).toString(), () -> judge(programs.get(i), outcomes.get(i).get())));
  }

  private static List<Agents.Outcome> run(Program program) throws Exception {
    List<Agents.Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      outcomes.add(Agents.program("", program.type, program.method, program.kind));
    }
    return outcomes;
  }

  private static void judge(Program program, List<Agents.Outcome> outcomes) {
    assertThat(outcomes).hasSize(ROUNDS);
    for (Agents.Outcome outcome : outcomes) {
      assertThat(outcome.output()).contains("ran to its end");
      if (program.kind.equals("ordered")) {
        assertThat(outcome.output()).doesNotContain("DATA RACE");
        assertThat(outcome.status()).isZero();
      } else {
        assertThat(outcome.output())
            .contains("WARNING: DATA RACE", "Previous ", " data race(s)")
            .contains("dev.runnel.race.programs." + program.type);
        assertThat(outcome.status()).isEqualTo(66);
      }
    }
  }

  private static List<Program> programs() throws ClassNotFoundException {
    List<Program> programs = new ArrayList<>();
    for (String type : TYPES) {
      Class<?> found = Class.forName("dev.runnel.race.programs." + type);
      Arrays.stream(found.getDeclaredMethods())
          .filter(m -> Arrays.equals(m.getParameterTypes(), new Class<?>[] {boolean.class}))
          .filter(m -> !m.isSynthetic())
          .map(Method::getName)
          .sorted(Comparator.naturalOrder())
          .forEach(method -> {
            programs.add(new Program(type, method, "ordered"));
            programs.add(new Program(type, method, "racing"));
          });
    }
    return programs;
  }
}
