package dev.runnel.linear;

import dev.runnel.linear.Call.Fate;
import dev.runnel.linear.Result.Nothing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/**
 * One run of a program on platform threads, which ends when all have finished or wait.
 *
 * <p>What waits then is stuck, and is made to give up. A thread that only seems to wait, as it has
 * been served and not woken yet, can't give up any more, and returns what it got.
 */
final class Execution {
  private static final int MOST_AWAITING_TURNS = 100;

  private final Program program;
  private final Subject subject;
  private final AtomicInteger clock = new AtomicInteger();
  private final AtomicInteger atStart = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();
  private final List<List<Call>> calls = new ArrayList<>();

  /** Each thread's call under way, or null. */
  private final AtomicReferenceArray<Call> current;

  private final AtomicIntegerArray interruptsSent;
  private final AtomicIntegerArray finished;
  private volatile boolean stopped;
  private volatile Throwable failure;

  private Execution(Program program, Subject subject) {
    this.program = program;
    this.subject = subject;
    int count = program.threads().size();
    current = new AtomicReferenceArray<>(count);
    interruptsSent = new AtomicIntegerArray(count);
    finished = new AtomicIntegerArray(count);
    for (int t = 0; t < count; t++) {
      int me = t;
      calls.add(new ArrayList<>());
      threads.add(Thread.ofPlatform().daemon().name("thread " + t).unstarted(() -> run(me)));
    }
  }

  /** Runs a program; gives each thread's calls. */
  static List<List<Call>> of(Program program, Subject subject) throws InterruptedException {
    return new Execution(program, subject).run();
  }

  private List<List<Call>> run() throws InterruptedException {
    threads.forEach(Thread::start);
    while (!allDone() && !allUnfinishedWait()) {
      LockSupport.parkNanos(10_000);
    }
    List<Call> waiting = callsUnderWay();
    stopped = true;
    boolean settled = waiting.equals(callsUnderWay());
    boolean[] interruptedBefore = new boolean[threads.size()];
    for (int t = 0; t < threads.size(); t++) {
      interruptedBefore[t] = interruptsSent.get(t) > 0;
    }
    subject.endContext();
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join();
    }
    if (failure != null) {
      throw new AssertionError("a thread failed", failure);
    }
    for (Call call : waiting) {
      if (call != null && settled && call.fate == Fate.GAVE_UP && !interruptedBefore[call.thread]) {
        call.fate = Fate.STUCK;
      }
    }
    return calls;
  }

  private List<Call> callsUnderWay() {
    List<Call> underWay = new ArrayList<>();
    for (int t = 0; t < threads.size(); t++) {
      underWay.add(current.get(t));
    }
    return underWay;
  }

  private boolean allDone() {
    for (int t = 0; t < threads.size(); t++) {
      if (finished.get(t) == 0) {
        return false;
      }
    }
    return true;
  }

  private boolean allUnfinishedWait() {
    for (int t = 0; t < threads.size(); t++) {
      if (finished.get(t) == 0 && !waits(t)) {
        return false;
      }
    }
    return true;
  }

  private boolean waits(int t) {
    return current.get(t) != null && threads.get(t).getState() == Thread.State.WAITING;
  }

  private void run(int me) {
    atStart.incrementAndGet();
    while (atStart.get() < threads.size()) {
      Thread.onSpinWait();
    }
    try {
      for (Op op : program.threads().get(me)) {
        if (op.isOfChannels()) {
          perform(me, op);
        } else if (op.kind() == Op.Kind.INTERRUPT) {
          interruptsSent.incrementAndGet(op.target());
          threads.get(op.target()).interrupt();
        } else {
          awaitWaiting(op.target());
        }
        if (stopped) {
          return;
        }
      }
    } catch (Throwable t) {
      failure = t;
    } finally {
      finished.set(me, 1);
    }
  }

  private void perform(int me, Op op) {
    Call call = new Call(me, op, clock.incrementAndGet());
    current.set(me, call);
    if (stopped) {
      current.set(me, null);
      return;
    }
    calls.get(me).add(call);
    Result result;
    try {
      result = subject.perform(op);
    } catch (InterruptedException e) {
      result = Nothing.GAVE_UP;
    }
    call.result = result;
    call.fate = result == Nothing.GAVE_UP ? Fate.GAVE_UP : Fate.DONE;
    call.returned = clock.incrementAndGet();
    current.set(me, null);
  }

  /** If another thread's call waits soon, notes it: the call has then made its request. */
  private void awaitWaiting(int other) {
    Call call = current.get(other);
    for (int i = 0; i < MOST_AWAITING_TURNS && !stopped && finished.get(other) == 0; i++) {
      if (call == null) {
        call = current.get(other);
      } else if (current.get(other) != call) {
        return;
      } else if (threads.get(other).getState() == Thread.State.WAITING) {
        int now = clock.incrementAndGet();
        if (current.get(other) == call && call.seenWaiting == Integer.MAX_VALUE) {
          call.seenWaiting = now;
        }
        return;
      }
      LockSupport.parkNanos(1_000);
    }
  }
}
