package dev.runnel.benchmarks.contest;

import static dev.runnel.benchmarks.contest.Group.SCALE;
import static dev.runnel.benchmarks.contest.Group.SPEED;
import static dev.runnel.benchmarks.contest.Group.WAITING;
import static dev.runnel.benchmarks.contest.Measure.CORE;
import static dev.runnel.benchmarks.contest.Measure.CPU;
import static dev.runnel.benchmarks.contest.Measure.EACH;
import static dev.runnel.benchmarks.contest.Measure.WALL;

import java.util.List;

/**
 * What is measured.
 *
 * @param name its name on the command line and, but for {@code busy-}, in the programs
 * @param title what it is, for people
 * @param group what kind it is
 * @param measure what the contestants are compared by
 */
record Workload(String name, String title, Group group, Measure measure) {
  private static final String BUSY = "busy-";

  /** All, in the order of the report. */
  static final List<Workload> ALL =
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
          new Workload("parked-1m", "1,000,000 parked, then released (each)", SCALE, WALL),
          new Workload("pairs-1m", "1,000,000, each with its own two channels", SCALE, WALL),
          new Workload("close-500k", "close with 500,000 waiters (each)", SCALE, WALL),
          new Workload("chain-100000", "chain of 100,000 goroutines (per hop)", SCALE, WALL),
          new Workload("idle", "10,000 parked goroutines, nothing to do", WAITING, CORE),
          new Workload("paced", "one message per ms, unbuffered", WAITING, CPU),
          new Workload("paced-b100", "one message per ms, buffer 100", WAITING, CPU),
          new Workload("busy-1to1", "busy machine: 1→1 unbuffered", WAITING, WALL),
          new Workload("busy-1to1-b100", "busy machine: 1→1 buffer 100", WAITING, WALL),
          new Workload("busy-ping-pong", "busy machine: ping-pong", WAITING, WALL),
          new Workload("busy-4to4", "busy machine: 4→4 unbuffered", WAITING, WALL),
          new Workload("busy-4to4-b100", "busy machine: 4→4 buffer 100", WAITING, WALL),
          new Workload("busy-chain-100", "busy machine: chain of 100", WAITING, WALL),
          new Workload("beside-1to1", "beside busy goroutines: 1→1 unbuffered", WAITING, WALL),
          new Workload("beside-1to1-b100", "beside busy goroutines: 1→1 buffer 100", WAITING, WALL),
          new Workload("beside-ping-pong", "beside busy goroutines: ping-pong", WAITING, WALL),
          new Workload("beside-4to4", "beside busy goroutines: 4→4 unbuffered", WAITING, WALL),
          new Workload("beside-4to4-b100", "beside busy goroutines: 4→4 buffer 100", WAITING, WALL),
          new Workload("beside-chain-100", "beside busy goroutines: chain of 100", WAITING, WALL));

  /** What the programs call it. */
  String program() {
    return busy() ? name.substring(BUSY.length()) : name;
  }

  /** Whether the machine is to be busy with other work meanwhile. */
  boolean busy() {
    return name.startsWith(BUSY);
  }

  /**
   * Whether a word on the command line means it: its name, its group, or how names begin before a
   * *.
   */
  boolean is(String word) {
    return word.endsWith("*")
        ? name.startsWith(word.substring(0, word.length() - 1))
        : name.equals(word) || group.label().equals(word);
  }
}
