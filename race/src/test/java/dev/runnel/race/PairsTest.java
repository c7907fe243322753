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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * For every edge a pair of programs that differ in it alone: the ordered one must be found clean,
 * the racing one racing. Those of one class and kind run in one JVM, as a JVM takes half a second
 * to start; with {@code -Drunnel.race.rounds=20} they do so 20 times, and each program also runs 20
 * times in JVMs of its own ({@code ./runnel test --pairs}). Every second round is on the JVM that
 * is quickest to start, the others on one with each of the collectors, and both compilers, in turn.
 */
class PairsTest {
  private static final List<String> TYPES =
      List.of(
          "Language",
          "Data",
          "Locks",
          "Barriers",
          "Atomics",
          "Handles",
          "Queues",
          "Maps",
          "Futures",
          "Tasks",
          "ForkJoins",
          "Flows",
          "Lifecycles",
          "References",
          "HardCases",
          "HardLocks",
          "Channels",
          "Handovers",
          "Forms",
          "ClassFiles",
          "Loaders",
          "Languages",
          "Collected",
          "CollectedValues",
          "Escapes",
          "Field",
          "Streams",
          "Sockets",
          "Listeners",
          "Parking",
          "Modes",
          "ByReference",
          "Views",
          "Reflected",
          "Syncs",
          "Meetings",
          "Concurrents",
          "Bulk",
          "Contexts",
          "Patterns",
          "Watched",
          "Kinds",
          "Stages",
          "Executing",
          "Unsafes");
  private static final String BEGINS = "program ";
  private static final Pattern OF_PAIR = Pattern.compile("(Read|Write) of Pair\\.");

  private record Program(String type, String method, String kind) {
    @Override
    public String toString() {
      return type + "." + method + " " + kind;
    }

    boolean isRacing() {
      return kind.equals("racing");
    }

    /** Whether what it printed is right. */
    void judge(String output) {
      assertThat(output).as(toString()).contains("ran to its end");
      if (isRacing()) {
        assertThat(output)
            .as(toString())
            .contains("WARNING: DATA RACE", "Previous ")
            .contains("dev.runnel.race.programs." + type)
            .doesNotContainPattern(OF_PAIR);
      } else {
        assertThat(output).as(toString()).doesNotContain("DATA RACE");
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> together() throws Exception {
    assertThat(programs()).hasSizeGreaterThanOrEqualTo(1390);
    return programs().stream()
        .collect(Collectors.groupingBy(p -> p.type + " " + p.kind))
        .entrySet()
        .stream()
        .map(group ->
            DynamicTest.dynamicTest(
                group.getKey(),
                () -> {
                  for (int i = 0; i < Math.max(1, Agents.ROUNDS); i++) {
                    runTogether(jvm(i), group.getValue());
                  }
                }));
  }

  private static Agents.Jvm jvm(int round) {
    Agents.Jvm[] all = Agents.Jvm.values();
    return round % 5 != 4 ? Agents.Jvm.QUICK : all[1 + round / 5 % (all.length - 1)];
  }

  private static void runTogether(Agents.Jvm jvm, List<Program> programs) throws Exception {
    List<String> arguments = new ArrayList<>();
    for (Program p : programs) {
      arguments.addAll(List.of(p.type, p.method, p.kind));
    }
    Agents.Outcome outcome = Agents.programs(jvm, "", arguments);
    List<String> parts = List.of(outcome.output().split("(?m)^" + BEGINS));
    assertThat(parts).as(outcome.output()).hasSize(programs.size() + 1);
    for (int i = 0; i < programs.size(); i++) {
      assertThat(parts.get(i + 1)).startsWith(programs.get(i).type + "." + programs.get(i).method);
      programs.get(i).judge(parts.get(i + 1));
    }
    assertThat(outcome.status()).isEqualTo(programs.getFirst().isRacing() ? 66 : 0);
  }

  @TestFactory
  @EnabledIfSystemProperty(named = "runnel.race.rounds", matches = "\\d+")
  Stream<DynamicTest> apart() throws Exception {
    ExecutorService executor =
        Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()));
    List<DynamicTest> tests = new ArrayList<>();
    for (Program program : programs()) {
      Future<List<Agents.Outcome>> outcomes = executor.submit(() -> runApart(program));
      tests.add(
          DynamicTest.dynamicTest(
              program.toString(),
              () -> {
                for (Agents.Outcome outcome : outcomes.get()) {
                  program.judge(outcome.output());
                  assertThat(outcome.status()).isEqualTo(program.isRacing() ? 66 : 0);
                }
              }));
    }
    return tests.stream().onClose(executor::shutdownNow);
  }

  private static List<Agents.Outcome> runApart(Program program) throws Exception {
    List<Agents.Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < Agents.ROUNDS; i++) {
      outcomes.add(
          Agents.programs(jvm(i), "", List.of(program.type, program.method, program.kind)));
    }
    return outcomes;
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
