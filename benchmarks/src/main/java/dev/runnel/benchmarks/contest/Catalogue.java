package dev.runnel.benchmarks.contest;

import static dev.runnel.benchmarks.contest.Group.SCALE;
import static dev.runnel.benchmarks.contest.Group.SPEED;
import static dev.runnel.benchmarks.contest.Group.WAITING;
import static dev.runnel.benchmarks.contest.Measure.CORE;
import static dev.runnel.benchmarks.contest.Measure.CPU;
import static dev.runnel.benchmarks.contest.Measure.EACH;
import static dev.runnel.benchmarks.contest.Measure.WALL;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All workloads, and which of them are meant. */
final class Catalogue {
  private static final List<Workload> PLAIN =
      List.of(
          new Workload("pair", "uncontended send + receive, buffer 64", SPEED, WALL),
          new Workload("try", "try send + try receive, buffer 64", SPEED, WALL),
          new Workload("1to1", "1→1 unbuffered", SPEED, WALL),
          new Workload("1to1-b100", "1→1 buffer 100", SPEED, WALL),
          new Workload("ping-pong", "ping-pong, two unbuffered (round trip)", SPEED, WALL),
          new Workload("4to4", "4→4 unbuffered", SPEED, WALL),
          new Workload("4to4-b100", "4→4 buffer 100", SPEED, WALL),
          new Workload("1000to1000", "1000→1000 unbuffered", SPEED, WALL),
          new Workload("1000to1000-b100", "1000→1000 buffer 100", SPEED, WALL),
          new Workload("chain-100", "chain of 100 goroutines (per hop)", SPEED, WALL),
          new Workload("chain-10000", "chain of 10,000 goroutines (per hop)", SPEED, WALL),
          new Workload("batch", "1→1 buffer 100, received in batches", SPEED, WALL),
          new Workload("receive-ctx", "receive under an idle context, unbuffered", SPEED, WALL),
          new Workload(
              "receive-ctx-b100", "receive under an idle context, buffer 100", SPEED, WALL),
          new Workload("select-done", "receive-or-done select, unbuffered", SPEED, WALL),
          new Workload("select-done-b100", "receive-or-done select, buffer 100", SPEED, WALL),
          new Workload("select-handlers", "the same with handlers, unbuffered", SPEED, WALL),
          new Workload("select-handlers-b100", "the same with handlers, buffer 100", SPEED, WALL),
          new Workload("select-4", "4-way select, unbuffered", SPEED, WALL),
          new Workload("select-4-b100", "4-way select, buffer 100", SPEED, WALL),
          new Workload("pool", "worker pool of 5 with context (per job)", SPEED, WALL),
          new Workload("spawn", "start a goroutine + wait group", SPEED, WALL),
          new Workload("mutex", "mutex, 8 contenders", SPEED, WALL),
          new Workload("parked", "100,000 parked goroutines", SCALE, EACH),
          new Workload("parked-1m", "1,000,000 parked on one channel, then closed", SCALE, WALL),
          new Workload("pairs-1m", "1,000,000, each with its own two channels", SCALE, WALL),
          new Workload("close-500k", "close with 500,000 waiters", SCALE, WALL),
          new Workload("chain-100000", "chain of 100,000 goroutines (per hop)", SCALE, WALL),
          new Workload("idle", "10,000 parked goroutines, nothing to do", WAITING, CORE),
          new Workload("paced", "one message per ms, unbuffered", WAITING, CPU),
          new Workload("paced-b100", "one message per ms, buffer 100", WAITING, CPU));

  /** What runs also in the special settings when nothing is asked for by name. */
  private static final Set<String> SPECIAL =
      Set.of("1to1", "1to1-b100", "ping-pong", "4to4", "4to4-b100", "chain-100");

  /** What runs besides beside busy goroutines, where no wait is to cost more than to park. */
  private static final Set<String> BESIDE =
      Set.of("1000to1000", "receive-ctx", "select-done", "select-4", "pool", "mutex");

  /** What takes long, or tells little that others don't: left out of a quick run of all. */
  private static final Set<String> NOT_QUICK =
      Set.of("parked-1m", "pairs-1m", "close-500k", "chain-100000");

  /** Every workload in every setting that it can run in, in the order of the report. */
  static final List<Workload> ALL = all();

  private Catalogue() {}

  private static List<Workload> all() {
    List<Workload> all = new ArrayList<>(PLAIN);
    for (Setting setting : Setting.special()) {
      PLAIN.stream().filter(w -> w.group() == SPEED).map(setting::of).forEach(all::add);
    }
    return List.copyOf(all);
  }

  /**
   * What runs when nothing is asked for by name.
   *
   * @param quick whether it is to be a first look
   * @param processors how many the machine has: with two, two carriers are what all the others run
   *     with
   */
  static List<Workload> standard(boolean quick, int processors) {
    return ALL.stream()
        .filter(workload ->
            switch (workload.setting()) {
              case PLAIN -> !quick || !NOT_QUICK.contains(workload.name());
              case BESIDE -> isSpecial(workload) || (!quick && BESIDE.contains(plain(workload)));
              case BUSY, ONE -> !quick && isSpecial(workload);
              case TWO -> !quick && isSpecial(workload) && processors != 2;
            })
        .toList();
  }

  private static boolean isSpecial(Workload workload) {
    return SPECIAL.contains(plain(workload));
  }

  private static String plain(Workload workload) {
    return workload.name().substring(workload.setting().prefix().length());
  }

  /**
   * Those that words of the command line mean. A name means one, whether it is part of the standard
   * or not; a group or a beginning means those of the standard.
   *
   * @param words the words
   * @param processors see {@link #standard}
   * @throws IllegalArgumentException if one means none
   */
  static List<Workload> meantBy(List<String> words, int processors) {
    for (String word : words) {
      if (meantBy(word, processors).findAny().isEmpty()) {
        throw new IllegalArgumentException(word);
      }
    }
    Set<Workload> meant = Set.copyOf(words.stream().flatMap(w -> meantBy(w, processors)).toList());
    return ALL.stream().filter(meant::contains).toList();
  }

  private static Stream<Workload> meantBy(String word, int processors) {
    List<Workload> standard = standard(false, processors);
    return ALL.stream()
        .filter(workload -> workload.is(word))
        .filter(workload -> workload.name().equals(word) || standard.contains(workload));
  }
}
