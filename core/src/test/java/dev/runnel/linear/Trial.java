package dev.runnel.linear;

import java.util.List;
import java.util.Random;

/** Runs random programs, each several times, until a history can't be explained. */
final class Trial {
  private static final int RUNS = 8;

  private Trial() {}

  /**
   * Tries as many programs as asked for.
   *
   * @param maker makes the channels
   * @param seed of the first program; the next has the next seed, and so on
   * @param programs how many
   * @return what can't be explained, with its seed; null if there is nothing
   */
  static String unexplained(Subject.Maker maker, long seed, int programs)
      throws InterruptedException {
    for (int i = 0; i < programs; i++) {
      String unexplained = unexplained(maker, Program.random(new Random(seed + i)), RUNS);
      if (unexplained != null) {
        return "try again with -Drunnel.linear.seed=" + (seed + i) + ": " + unexplained;
      }
    }
    return null;
  }

  /**
   * Tries one program.
   *
   * @param maker makes the channels
   * @param program what to do with them
   * @param runs how often at most
   * @return what can't be explained; null if there is nothing
   */
  static String unexplained(Subject.Maker maker, Program program, int runs)
      throws InterruptedException {
    for (int run = 0; run < runs; run++) {
      List<List<Call>> calls = Execution.of(program, maker.make(program.channels()));
      if (!Checker.explains(program, calls)) {
        return report(program, calls);
      }
    }
    return null;
  }

  private static String report(Program program, List<List<Call>> calls) {
    StringBuilder text = new StringBuilder("no order of steps explains this\n").append(program);
    for (List<Call> ofThread : calls) {
      for (Call call : ofThread) {
        text.append("\n    ").append(call);
      }
    }
    return text.toString();
  }
}
