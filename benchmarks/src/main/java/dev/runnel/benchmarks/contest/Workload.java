package dev.runnel.benchmarks.contest;

import java.util.List;

/**
 * What is measured.
 *
 * @param name its name on the command line and in the programs
 * @param title what it is, for people
 */
record Workload(String name, String title) {

  /** All, in the order of the report. */
  static final List<Workload> ALL =
      List.of(
          new Workload("pair", "uncontended send + receive, buffer 64"),
          new Workload("try", "try send + try receive, buffer 64"),
          new Workload("1to1", "1→1 unbuffered"),
          new Workload("1to1-b100", "1→1 buffer 100"),
          new Workload("ping-pong", "ping-pong over two unbuffered (round trip)"),
          new Workload("4to4", "4→4 unbuffered"),
          new Workload("4to4-b100", "4→4 buffer 100"),
          new Workload("1000to1000", "1000→1000 unbuffered"),
          new Workload("1000to1000-b100", "1000→1000 buffer 100"),
          new Workload("chain-100", "chain of 100 goroutines (per hop)"),
          new Workload("chain-10000", "chain of 10,000 goroutines (per hop)"),
          new Workload("batch", "1→1 buffer 100, received in batches"),
          new Workload("receive-ctx", "receive(ctx), unbuffered"),
          new Workload("receive-ctx-b100", "receive(ctx), buffer 100"),
          new Workload("select-done", "receive-or-done select, unbuffered"),
          new Workload("select-done-b100", "receive-or-done select, buffer 100"),
          new Workload("select-handlers", "the same select with handlers, unbuffered"),
          new Workload("select-handlers-b100", "the same select with handlers, buffer 100"),
          new Workload("select-4", "4-way select, unbuffered"),
          new Workload("select-4-b100", "4-way select, buffer 100"),
          new Workload("pool", "worker pool of 5 with context (per job)"),
          new Workload("spawn", "start a goroutine + wait group"),
          new Workload("mutex", "mutex, 8 contenders"));
}
