package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;

/** Shutdown hooks, which run when all is over: so each of these is a program of its own. */
final class Hooks {
  private Hooks() {}

  private static void hook(Cell cell) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              cell.value++;
              System.out.println("the hook ran");
            }));
  }

  /** The JVM waits for all threads before its hooks run, but not for daemons. */
  static void end(boolean ordered) {
    Cell cell = new Cell();
    hook(cell);
    Thread thread =
        new Thread(() -> {
          cell.value++;
          Pair.signal();
          Pair.awaitStep(ordered ? 0 : 1);
        });
    thread.setDaemon(!ordered);
    thread.start();
    Pair.awaitSignal();
  }

  /** Who exits knows who has registered what, and nothing of what others do then. */
  static void exit(boolean ordered) {
    hook(new Cell()); // what is loaded and linked for the first one orders much
    Cell cell = new Cell();
    Thread thread =
        new Thread(() -> {
          if (ordered) {
            cell.value++;
          }
          hook(cell);
          if (!ordered) {
            cell.value++;
          }
          Pair.signal();
          Pair.awaitStep(1);
        });
    thread.start();
    Pair.awaitSignal();
    System.out.println("ran to its end");
    System.exit(0);
  }
}
