package dev.runnel.pattern;

import dev.runnel.ChannelFailedException;
import dev.runnel.ContextException;
import dev.runnel.ErrGroup;
import dev.runnel.Goroutine;
import dev.runnel.internal.goroutine.World;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Goroutines that take jobs one after the other and do them, as many at a time as is wanted now.
 *
 * <h2>How it works</h2>
 *
 * A member is started only when there is something to do: whoever takes a job first sees to it that
 * there is another member to take the next one, up to the size. The number of members is a counter;
 * whoever takes it up by one starts a member, whoever takes it down by one ends one.
 *
 * <p>When the size shrinks, members that are at work end after their job. Those that wait for one
 * must not take another, so they are interrupted out of their wait:
 *
 * <pre>
 *   WAITING --got a job--&gt; WORKING --done--&gt; WAITING
 *      \--to be retired--&gt; RETIRING --interrupted--&gt; RETIRED
 * </pre>
 *
 * A member that gets a job although it is being retired (the job was delivered first) waits for the
 * interrupt, which is not the job's, takes it down, and does that job before it ends. The end of
 * the group's context interrupts too, at any time; a member therefore looks at the context after
 * every job and whenever it has taken an interrupt down.
 *
 * <p><b>Memory ordering.</b> The size is written before the states are looked at, and a member
 * writes its state before it looks at the size, all volatile: a member that waits and is one too
 * many is seen by itself or by whoever made it so.
 *
 * @param <J> the type of the jobs
 */
final class Crew<J> {

  /** What members do with a job. */
  interface Duty<J> {

    /** Does it; false if it failed and the crew goes on nevertheless. */
    boolean perform(J job) throws Exception;
  }

  private static final int WAITING = 0;
  private static final int WORKING = 1;
  private static final int RETIRING = 2;
  private static final int RETIRED = 3;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Crew.Member.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Jobs<? extends J> jobs;
  private final Duty<? super J> duty;
  private final Set<Member> members = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();
  private final LongAdder taken = new LongAdder();
  private final LongAdder done = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicReference<@Nullable Throwable> sourceFailure = new AtomicReference<>();
  private volatile int size;
  private volatile boolean exhausted;
  private volatile @Nullable ErrGroup group;

  Crew(int size, Jobs<? extends J> jobs, Duty<? super J> duty) {
    this.size = size;
    this.jobs = jobs;
    this.duty = duty;
  }

  /** Starts it in a group. */
  void start(ErrGroup in) {
    group = in; // before looking at the size: resize looks at the group after setting it
    grow(in);
  }

  /** How many members there may be. */
  int size() {
    return size;
  }

  /** Sets how many members there may be. */
  void resize(int wanted) {
    size = wanted;
    for (Member member : members) {
      boolean retired = false;
      boolean waits = true;
      while (waits && !retired && oneTooMany()) {
        retired = member.retire();
        if (!retired) {
          count.incrementAndGet(); // it is at work, and will see that by itself
          waits = member.waits(); // unless it has looked meanwhile
        }
      }
    }
    ErrGroup in = group;
    if (in != null) {
      try {
        grow(in);
      } catch (ContextException | IllegalStateException over) {
        // It has ended meanwhile: there is nothing to do for more members.
      }
    }
  }

  /** Takes the count down if it is above the size. */
  private boolean oneTooMany() {
    int now;
    do {
      now = count.get();
      if (now <= size) {
        return false;
      }
    } while (!count.compareAndSet(now, now - 1));
    return true;
  }

  /** Starts one more member if there may be one, and there may be something for it to do. */
  private void grow(ErrGroup in) {
    int now;
    do {
      now = count.get();
      if (now >= size || exhausted) {
        return;
      }
    } while (!count.compareAndSet(now, now + 1));
    Member member = new Member(in);
    members.add(member);
    boolean started = false;
    try {
      started = in.tryGo(member::run);
    } finally {
      if (!started) {
        member.leave();
      }
    }
  }

  /** Whether the current goroutine is one of its members. */
  boolean isMember() {
    Goroutine current = Goroutine.current();
    return current != null && members.stream().anyMatch(m -> m.self == current);
  }

  int waiting() {
    return jobs.waiting();
  }

  long running() {
    return Math.max(0, taken.sum() - done.sum() - failed.sum());
  }

  long done() {
    return done.sum();
  }

  long failed() {
    return failed.sum();
  }

  /** What the source of the jobs failed with; null if it did not. */
  @Nullable Throwable sourceFailure() {
    return sourceFailure.get();
  }

  /** One of the goroutines. */
  private final class Member implements Jobs.Taker {
    private final ErrGroup in;
    private volatile int state = WORKING;
    private volatile @Nullable Goroutine self;
    private boolean counted = true;

    Member(ErrGroup in) {
      this.in = in;
    }

    void run() throws Exception {
      self = Goroutine.current();
      try {
        boolean goOn;
        do {
          goOn = takeAndPerform();
        } while (goOn);
      } finally {
        leave();
      }
    }

    private boolean takeAndPerform() throws Exception {
      state = WAITING;
      if (oneTooMany()) {
        state = WORKING;
        counted = false;
        return false;
      }
      J job;
      try {
        job = jobs.next(this);
      } catch (InterruptedException e) {
        if (staysOn()) {
          throw e;
        }
        return false;
      } catch (ChannelFailedException e) {
        sourceFailure.compareAndSet(null, Failures.reason(e));
        job = null;
      }
      boolean stays = staysOn();
      if (job == null) {
        exhausted = true;
        return false;
      }
      taken.increment();
      perform(job);
      return stays;
    }

    private void perform(J job) throws Exception {
      boolean performed = false;
      try {
        grow(in);
        performed = duty.perform(job);
      } finally {
        (performed ? done : failed).increment();
      }
      in.context().check(); // the job may have swallowed the interrupt
    }

    @Override
    public boolean endWait() {
      return STATE.compareAndSet(this, WAITING, WORKING);
    }

    /** Ends the wait for a job, if it has not been; false if this is to be the last one. */
    private boolean staysOn() {
      if (state == WORKING || endWait()) {
        return true;
      }
      while (state != RETIRED) {
        World.yieldToOthers(); // the other side has one call to make
      }
      counted = false;
      var _ = Thread.interrupted(); // the retirement's; the context may have added its own
      in.context().check();
      return false;
    }

    boolean waits() {
      return state == WAITING;
    }

    /** Gets it out of its wait, to end; false if it does not wait. The count is the caller's. */
    boolean retire() {
      if (!STATE.compareAndSet(this, WAITING, RETIRING)) {
        return false;
      }
      try {
        Goroutine waiting = self;
        if (waiting != null) {
          waiting.interrupt();
        }
      } finally {
        state = RETIRED;
      }
      return true;
    }

    void leave() {
      members.remove(this);
      if (counted) {
        count.decrementAndGet();
      }
    }
  }
}
