package dev.runnel.benchmarks.contest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Runnel is to reach. */
final class Goals {
  private static final String RUNNEL = "runnel";
  private static final String GO = "go";
  private static final String PARK = "park";
  private static final String JDK = "juc";
  private static final List<String> LIBRARIES = List.of("kotlin", "jox");

  private static final double SAME = 1.0;
  private static final double MEAN_TO_GO = 0.7;
  private static final double TO_LIBRARIES = 0.8;
  private static final double SPAWN_TO_JDK = 1.1;
  private static final double IDLE_CASE = 1.3;
  private static final double PACED_TO_PARK = 1.05;
  private static final double PARKED_BYTES = 900;
  private static final double IDLE_PERCENT = 1;

  /** An allocation every so often, by the starting of the goroutines, is none of an operation. */
  private static final double NO_BYTES = 0.5;

  /** Where Runnel is to be so much quicker than Go; elsewhere it is not to be slower. */
  private static final Map<String, Double> TO_GO =
      Map.of("pair", 0.5, "1to1-b100", 0.7, "4to4-b100", 0.7);

  private static final List<String> WITHOUT_ALLOCATION =
      List.of("pair", "1to1", "1to1-b100", "4to4-b100", "select-done", "select-done-b100");

  /** Selects whose other case is idle, and the plain receive beside which each is judged. */
  private static final Map<String, String> BESIDE_PLAIN =
      Map.of(
          "receive-ctx", "1to1",
          "receive-ctx-b100", "1to1-b100",
          "select-done", "1to1",
          "select-done-b100", "1to1-b100");

  private Goals() {}

  /**
   * The goals of which these contests tell something.
   *
   * @param contests what ran
   */
  static List<Goal> of(List<Contest> contests) {
    List<Goal> goals = new ArrayList<>();
    for (Contest contest : contests) {
      switch (contest.workload().group()) {
        case SPEED -> speed(contest, contests, goals);
        case SCALE -> scale(contest, goals);
        case WAITING -> waiting(contest, goals);
        case CARRIERS -> {
          // no goal of their own
        }
      }
    }
    goals.add(
        Goal.of("geometric mean of all speeds ÷ Go", MEAN_TO_GO, meanRatio(contests, RUNNEL, GO)));
    goals.removeIf(goal -> Double.isNaN(goal.value()));
    return goals;
  }

  /** The geometric mean of one's ratios to another over the speed workloads. */
  static double meanRatio(List<Contest> contests, String one, String other) {
    return Statistics.geometricMean(
        contests.stream()
            .filter(contest -> contest.workload().group() == Group.SPEED)
            .mapToDouble(contest -> Statistics.median(contest.ratios(one, other)))
            .toArray());
  }

  private static void speed(Contest contest, List<Contest> contests, List<Goal> goals) {
    Workload workload = contest.workload();
    String name = workload.name();
    String title = workload.title();
    if (name.equals("spawn")) {
      goals.add(
          Goal.of(
              title + " ÷ the JDK's virtual thread", SPAWN_TO_JDK, contest.ratios(RUNNEL, JDK)));
    } else {
      goals.add(
          Goal.of(title + " ÷ Go", TO_GO.getOrDefault(name, SAME), contest.ratios(RUNNEL, GO)));
    }
    goals.add(
        Goal.of(
            title + " ÷ the better of Kotlin and Jox",
            TO_LIBRARIES,
            Contest.quotients(
                contest.all(RUNNEL, Measure.WALL), contest.least(LIBRARIES, Measure.WALL))));
    Contest plain = named(BESIDE_PLAIN.getOrDefault(name, ""), contests);
    if (plain != null) {
      goals.add(
          Goal.of(
              title + " ÷ Runnel's plain receive",
              IDLE_CASE,
              Contest.quotients(
                  contest.all(RUNNEL, Measure.WALL), plain.all(RUNNEL, Measure.WALL))));
    }
    if (WITHOUT_ALLOCATION.contains(name)) {
      goals.add(
          Goal.of(
              title + ": bytes allocated per operation",
              NO_BYTES,
              contest.all(RUNNEL, Measure.ALLOCATED)));
    }
  }

  private static void scale(Contest contest, List<Goal> goals) {
    String title = contest.workload().title();
    if (contest.workload().name().startsWith("parked")) {
      goals.add(
          Goal.of(title + ": bytes of each", PARKED_BYTES, contest.all(RUNNEL, Measure.EACH)));
    }
    goals.add(Goal.of(title + " ÷ Go", SAME, contest.ratios(RUNNEL, GO, Measure.WALL)));
  }

  private static void waiting(Contest contest, List<Goal> goals) {
    String title = contest.workload().title();
    switch (contest.workload().measure()) {
      case CORE ->
          goals.add(
              Goal.of(title + ": % of a core", IDLE_PERCENT, contest.all(RUNNEL, Measure.CORE)));
      case CPU ->
          goals.add(
              Goal.of(title + ": CPU ÷ pure park", PACED_TO_PARK, contest.ratios(RUNNEL, PARK)));
      default -> goals.add(Goal.of(title + " ÷ pure park", SAME, contest.ratios(RUNNEL, PARK)));
    }
  }

  private static @Nullable Contest named(String name, List<Contest> contests) {
    return contests.stream()
        .filter(contest -> contest.workload().name().equals(name))
        .findFirst()
        .orElse(null);
  }
}
