package dev.runnel;

import static dev.runnel.Go.go;

import dev.runnel.sync.Mutex;
import dev.runnel.sync.WaitGroup;

/** Programs that deadlock, and what they say: see GoRunDeadlockTest. */
final class DeadlockedPrograms {

  private DeadlockedPrograms() {}

  public static void main(String[] args) throws Exception {
    show("main alone", () -> Chan.unbuffered().receive());
    Goroutine[] locker = new Goroutine[1];
    show(
        "three",
        () -> {
          Mutex mutex = new Mutex();
          mutex.lock();
          locker[0] = go("locker", mutex::lock);
          WaitGroup all = new WaitGroup();
          all.add(1);
          go("waiter", () -> all.await());
          Chan.nil().send(1);
        });
    locker[0].join();
    System.out.println("interrupted: " + (locker[0].failure() instanceof InterruptedException));
    show("a program in a program", () -> Go.run(() -> Chan.unbuffered().receive()));
  }

  private static void show(String what, Task program) throws Exception {
    System.out.println("-- " + what);
    try {
      Go.run(program);
    } catch (DeadlockException deadlock) {
      System.out.println(deadlock.getMessage());
    }
  }
}
