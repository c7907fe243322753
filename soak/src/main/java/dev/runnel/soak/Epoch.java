package dev.runnel.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** A few seconds of work of many parties, drawn from a seed, with an account at its end. */
final class Epoch {
  private static final long GLANCE_NANOS = 5_000_000;
  private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int MOST_DESCRIBED = 20;

  /** How many workers a rush has; each then has the more to do. */
  private static final int RUSHING = 8;

  private final List<Party> parties = new ArrayList<>();
  private final List<Worker> workers = new ArrayList<>();
  private final LongAdder turns = new LongAdder();
  private final Storm storm;
  private final Plan.Mood mood;

  /**
   * Draws an epoch.
   *
   * @param seed of everything random in it
   * @param workerCount how many workers
   * @param values about how many values they try to send, all together
   */
  Epoch(long seed, int workerCount, int values) {
    SplittableRandom random = new SplittableRandom(seed);
    mood = Plan.Mood.draw(random);
    int count = mood == Plan.Mood.RUSH ? Math.min(RUSHING, workerCount) : workerCount;
    while (workers.size() < count) {
      Plan plan = Plan.draw(random, mood, count - workers.size(), Math.max(1, values / count));
      Party party = new Party("party " + parties.size(), plan, random.split(), turns);
      parties.add(party);
      workers.addAll(party.workers());
    }
    List<Worker> victims =
        parties.stream()
            .filter(party -> party.plan().stormy())
            .flatMap(party -> party.workers().stream())
            .toList();
    storm = new Storm(victims, random.split());
  }

  /**
   * Runs it.
   *
   * @return how many values went through
   * @throws Violation if anything is not as it should be
   */
  long run() throws InterruptedException {
    workers.forEach(Worker::start);
    storm.start();
    try {
      awaitWorkers();
    } finally {
      storm.stop();
    }
    long values = 0;
    for (Party party : parties) {
      try {
        values += party.balance();
      } catch (Violation e) {
        throw new Violation(party + ": " + e.getMessage(), e);
      }
    }
    return values;
  }

  Plan.Mood mood() {
    return mood;
  }

  /** How many operations of each kind there were. After the run. */
  Tally tally() {
    Tally all = new Tally();
    workers.forEach(worker -> all.add(worker.tally));
    return all;
  }

  /** How many values were dropped by policy. After the run. */
  long dropped() {
    return parties.stream().mapToLong(Party::dropped).sum();
  }

  private void awaitWorkers() throws InterruptedException {
    long lastTurns = -1;
    long lastTurn = System.nanoTime();
    for (int done = 0; done < workers.size(); ) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Worker worker = workers.get(done);
      if (worker.isDone()) {
        done++;
        continue;
      }
      checkFailures();
      long now = System.nanoTime();
      long turnsNow = turns.sum();
      if (turnsNow != lastTurns) {
        lastTurns = turnsNow;
        lastTurn = now;
      } else if (now - lastTurn > STALL_NANOS) {
        throw new Violation("workers are stuck:" + describeWorkers());
      }
      LockSupport.parkNanos(GLANCE_NANOS);
    }
    checkFailures();
  }

  private void checkFailures() {
    for (Worker worker : workers) {
      Throwable failure = worker.failure();
      if (failure != null) {
        throw new Violation(worker.describe() + " failed: " + failure, failure);
      }
    }
  }

  private String describeWorkers() {
    StringBuilder text = new StringBuilder();
    int more = 0;
    for (Worker worker : workers) {
      if (worker.isDone()) {
        continue;
      }
      if (more++ < MOST_DESCRIBED) {
        text.append("\n  ").append(worker.describe());
      }
    }
    return more <= MOST_DESCRIBED
        ? text.toString()
        : text.append("\n  and ").append(more - MOST_DESCRIBED).append(" more").toString();
  }

  @Override
  public String toString() {
    return mood + ", " + parties.size() + " parties of " + workers.size() + " workers";
  }
}
