package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Latches, barriers, phasers, semaphores, exchangers. */
final class Barriers {
  private Barriers() {}

  static void countDownLatch(boolean ordered) throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    Pair.pass(ordered, latch::countDown, latch::await);
  }

  static void lastOfALatch(boolean ordered) throws Exception {
    CountDownLatch latch = new CountDownLatch(2);
    latch.countDown();
    Pair.pass(ordered, latch::countDown, () -> Pair.await(() -> latch.getCount() == 0));
  }

  static void latchWithTimeout(boolean ordered) throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    Pair.pass(
        Thread.ofVirtual(), ordered, latch::countDown, () -> latch.await(60, TimeUnit.SECONDS));
  }

  static void semaphore(boolean ordered) throws Exception {
    Semaphore semaphore = new Semaphore(0);
    Pair.pass(ordered, semaphore::release, semaphore::acquire);
  }

  static void permits(boolean ordered) throws Exception {
    Semaphore semaphore = new Semaphore(1, true);
    Pair.pass(ordered, () -> semaphore.release(2), () -> semaphore.acquireUninterruptibly(3));
  }

  static void tryAcquire(boolean ordered) throws Exception {
    Semaphore semaphore = new Semaphore(0);
    Pair.pass(ordered, semaphore::release, () -> Pair.await(semaphore::tryAcquire));
  }

  /** A permit each, at once. */
  static void twoPermits(boolean ordered) throws Exception {
    Semaphore semaphore = new Semaphore(ordered ? 1 : 2);
    Cell cell = new Cell();
    Pair.both(
        () -> {
          semaphore.acquire();
          cell.value++;
          Pair.signal();
          if (!ordered) {
            Pair.awaitStep(1);
          }
          semaphore.release();
        },
        () -> {
          Pair.awaitSignal();
          semaphore.acquire();
          cell.value++;
          Pair.step(1);
          semaphore.release();
        });
  }

  static void cyclicBarrier(boolean ordered) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(2);
    Pair.pass(ordered, barrier::await, barrier::await);
  }

  /** What the barrier does when all have come knows of all, and all know of it. */
  static void barrierAction(boolean ordered) throws Exception {
    Cell cell = new Cell();
    CyclicBarrier barrier = new CyclicBarrier(2, () -> cell.value++);
    Pair.Step step =
        () -> {
          if (!ordered) {
            cell.value++;
          }
          barrier.await();
        };
    Pair.both(
        () -> {
          cell.value++;
          step.run();
          barrier.await();
          cell.value++;
        },
        () -> {
          step.run();
          barrier.await();
        });
  }

  static void phaser(boolean ordered) throws Exception {
    Phaser phaser = new Phaser(2);
    Pair.pass(ordered, phaser::arriveAndAwaitAdvance, phaser::arriveAndAwaitAdvance);
  }

  /** Who only arrives waits for nobody. */
  static void arrive(boolean ordered) throws Exception {
    Phaser phaser = new Phaser(2);
    Pair.pass(ordered, phaser::arrive, () -> phaser.awaitAdvance(phaser.arrive()));
  }

  static void arriveAndDeregister(boolean ordered) throws Exception {
    Phaser phaser = new Phaser(1);
    Pair.pass(
        ordered,
        phaser::arriveAndDeregister,
        () -> phaser.awaitAdvanceInterruptibly(0, 60, TimeUnit.SECONDS));
  }

  static void tieredPhasers(boolean ordered) throws Exception {
    Phaser root = new Phaser();
    Phaser left = new Phaser(root, 1);
    Phaser right = new Phaser(root, 1);
    Pair.pass(ordered, left::arriveAndAwaitAdvance, right::arriveAndAwaitAdvance);
  }

  static void onAdvance(boolean ordered) throws Exception {
    Cell cell = new Cell();
    Phaser phaser =
        new Phaser(2) {
          @Override
          protected boolean onAdvance(int phase, int parties) {
            cell.value++;
            return super.onAdvance(phase, parties);
          }
        };
    Pair.Step step =
        () -> {
          phaser.arriveAndAwaitAdvance();
          if (!ordered) {
            cell.value++;
          }
        };
    Pair.both(step, step);
  }

  static void exchanger(boolean ordered) throws Exception {
    Exchanger<String> exchanger = new Exchanger<>();
    Pair.pass(ordered, () -> exchanger.exchange("a"), () -> exchanger.exchange("b"));
  }

  static void exchangerWithTimeout(boolean ordered) throws Exception {
    Exchanger<String> exchanger = new Exchanger<>();
    Pair.pass(
        Thread.ofVirtual(),
        ordered,
        () -> exchanger.exchange("a", 60, TimeUnit.SECONDS),
        () -> exchanger.exchange("b", 60, TimeUnit.SECONDS));
  }

  /** Another exchanger tells nothing of this one. */
  static void otherExchanger(boolean ordered) throws Exception {
    Exchanger<String> one = new Exchanger<>();
    Exchanger<String> two = new Exchanger<>();
    Cell cell = new Cell();
    Pair.all(
        all -> {
          cell.value++;
          one.exchange("a");
          Pair.signal();
        },
        all -> {
          (ordered ? one : two).exchange("b");
          Pair.awaitSignal();
          cell.value++;
        },
        all -> {
          if (!ordered) {
            one.exchange("c");
          }
        },
        all -> {
          if (!ordered) {
            two.exchange("d");
          }
        });
  }
}
