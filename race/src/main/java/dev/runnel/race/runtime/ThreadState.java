package dev.runnel.race.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one thread knows: its vector clock, its tick, and the scratch of its hooks. Used by that
 * thread alone, and by others only after they have seen it end.
 *
 * <p>The clock tells for each slot the last stamp whose access is ordered before what the thread
 * does next. It is an array that snapshots share until the thread learns something new; a thread
 * that was started and has learnt nothing since costs no array of its own.
 *
 * <p>Every release begins a new tick, so what was released does not cover what comes after.
 *
 * <p>It does not refer to its thread, which refers to it through its shadow and must be free to go.
 */
public final class ThreadState {
  private static final int CACHED = 1 << 14;
  private static final @Nullable ThreadState[] CACHE = new ThreadState[CACHED];
  private static final long[] NOTHING = {};
  private static final @Nullable Shadow[] NOWHERE = new Shadow[1];
  private static final @Nullable Snapshot[] NONE = {};
  private static final int JOINED = 8;
  private static final int NEAR_FIRST = 8;
  private static final int NEAR_MOST = 1 << 11;
  private static final int NEAR_GROWS = 16;
  private static final int NEAR_TRIES = 8;

  /** The current tick, without a site; compared in instrumented code. */
  public long epoch;

  /** Result of a slow path: the new stamp of the last write. */
  public long written;

  /** Result of a slow path: the new stamp of the last read. */
  public long read;

  /** Result of a slow path: the new set of reads. */
  public @Nullable Object readers;

  /** Result of a slow path: of the variables that one stands for, two threads have used some. */
  boolean collided;

  /** The words that the slow path has looked at. */
  long sawWrite;

  long sawRead;

  /** Above 0 while hooks of this thread do nothing, because it is in one, or is a carrier. */
  int inside;

  /** Between an optimistic stamp and its validation: what is read may be thrown away. */
  boolean optimistic;

  /** Above 0 while this thread runs a finalizer, to which the collector gave what others used. */
  int finalizing;

  /** Above 0 while what this thread sees of others orders nothing. */
  int deaf;

  /** The channel whose step this thread is in. */
  @Nullable ChannelEdges channel;

  /** What the sender knew whose value this thread has just taken from its queue. */
  @Nullable Snapshot carried;

  /** What this thread knew at its last releasing fence. */
  @Nullable Snapshot fenced;

  /** What this thread will know at its next acquiring fence. */
  private @Nullable Snapshot glimpsed;

  private @Nullable Snapshot lastGlimpsed;

  /** What was known when something was made that this thread last used; it knows that, too. */
  @Nullable Snapshot lastUsed;

  /** The shadows of the arrays used lately, by site. */
  Elements[] arrays = ArrayAccesses.NOTHING;

  /** The ticks in which they were read, if many read them. */
  long[] arraysRead = ArrayAccesses.NEVER;

  /** How often an array was not among them. */
  int arraysMissed;

  /** Shadows that this thread has used, by their hash; the length is a power of two. */
  @Nullable Shadow[] near = new Shadow[NEAR_FIRST];

  private int missed;

  final ThreadInfo info;
  private final long tid;
  private final int slot;
  private boolean ended;
  private long[] clock = NOTHING;
  private boolean clockShared = true;
  private @Nullable Snapshot snapshot;

  /** Snapshots that are known for sure. */
  private @Nullable Snapshot[] joined = NONE;

  private ThreadState(Thread thread, ThreadInfo info) {
    this.tid = thread.threadId();
    this.info = info;
    this.slot = Slots.take();
    this.epoch = Slots.block(slot, info);
  }

  /**
   * The state of the current thread.
   *
   * @return the state
   */
  public static ThreadState current() {
    Thread thread = Thread.currentThread();
    long tid = thread.threadId();
    ThreadState state = CACHE[(int) tid & (CACHED - 1)];
    return state != null && state.tid == tid ? state : find(thread);
  }

  private static ThreadState find(Thread thread) {
    Shadow shadow = Shadows.of(thread);
    ThreadState state = shadow.thread();
    if (state == null) {
      state = new ThreadState(thread, Threads.info(thread, shadow));
      Sync start = shadow.find(Keys.START);
      if (start != null) {
        state.acquire(start);
      }
      if (Threads.isCarrier(thread)) {
        state.inside = 1; // what the JDK does to run virtual threads orders nothing in them
      }
      shadow.more = state;
    }
    CACHE[(int) thread.threadId() & (CACHED - 1)] = state;
    return state;
  }

  /** Whether the access of a stamp is ordered before what this thread does next. */
  boolean ordered(long stamp) {
    int s = Stamp.slot(stamp);
    return (s < clock.length && stamp <= clock[s]) || Stamp.sameBlock(stamp, epoch);
  }

  /** Whether this thread is sure to know all of a snapshot. */
  boolean covers(Snapshot known) {
    long e = known.epoch;
    if (e == 0) {
      return known.clock == clock;
    }
    int s = Stamp.slot(e);
    return Stamp.sameBlock(e, epoch)
        || (s < clock.length && clock[s] >= e && Stamp.sameBlock(clock[s], e));
  }

  /** Whether a snapshot is this thread's, and so known to it. */
  boolean isOwn(Snapshot known) {
    return Stamp.sameBlock(known.epoch, epoch);
  }

  /** Puts a shadow where this thread looks first; the more it looks in vain, the more room. */
  void keepNear(Shadow found) {
    if (ended) {
      return; // what it does on its way out
    }
    if (++missed > near.length * NEAR_TRIES && near.length < NEAR_MOST) {
      @Nullable Shadow[] more = new Shadow[near.length * NEAR_GROWS];
      for (Shadow s : near) {
        if (s != null) {
          more[s.hash & (more.length - 1)] = s;
        }
      }
      near = more;
      missed = 0;
    }
    near[found.hash & (near.length - 1)] = found;
  }

  void acquire(Sync sync) {
    acquire(sync.released());
  }

  void acquire(@Nullable Snapshot known) {
    if (known != null && deaf <= 0 && !covers(known)) {
      joinOnce(known);
    }
  }

  /** Acquires something once a fence follows. */
  void glimpse(@Nullable Snapshot known) {
    if (known != null && known != lastGlimpsed && deaf <= 0 && !covers(known)) {
      lastGlimpsed = known;
      glimpsed = glimpsed == null ? known : Snapshot.union(glimpsed, known);
    }
  }

  void acquireGlimpsed() {
    acquire(glimpsed);
    glimpsed = null;
    lastGlimpsed = null;
  }

  /** Acquires what was known when something was made, and remembers that it is known. */
  void use(Snapshot known) {
    if (deaf == 0) {
      if (!covers(known)) {
        joinOnce(known);
      }
      lastUsed = known;
    }
  }

  void release(Sync sync) {
    sync.add(this, release());
  }

  /** What this thread knows, to be handed on; then a new tick begins. */
  Snapshot release() {
    Snapshot released = snapshot();
    tick();
    return released;
  }

  /** What this thread knows now. */
  Snapshot snapshot() {
    Snapshot s = snapshot;
    if (s == null || s.epoch != epoch || s.clock != clock) {
      clockShared = true;
      snapshot = s = new Snapshot(clock, epoch);
    }
    return s;
  }

  /**
   * Of some snapshots it can't be told by a look that they are known: those come again and again.
   */
  private void joinOnce(Snapshot known) {
    if (joined.length == 0) {
      joined = new Snapshot[JOINED];
    }
    int place = (int) (known.epoch >>> Stamp.SITE_BITS) & (JOINED - 1);
    if (joined[place] != known) {
      join(known);
      joined[place] = known;
    }
  }

  private void join(Snapshot known) {
    long[] mine = clock;
    int length = Math.max(mine.length, known.length());
    boolean news = length > mine.length || isNews(known.epoch);
    long[] theirs = known.clock;
    for (int i = 0; !news && i < theirs.length; i++) {
      news = theirs[i] > mine[i];
    }
    if (!news) {
      return;
    }
    if (snapshot != null && snapshot.epoch == epoch) {
      tick(); // so that a tick stands for one snapshot, whoever has which
    }
    mine = clock;
    if (clockShared || length > mine.length) {
      clock = mine = Arrays.copyOf(mine, Math.max(length, mine.length));
      clockShared = false;
      snapshot = null;
    }
    for (int i = 0; i < theirs.length; i++) {
      mine[i] = Math.max(mine[i], theirs[i]);
    }
    known.raiseOwn(mine);
  }

  private boolean isNews(long e) {
    return e != 0 && clock[Stamp.slot(e)] < (e | Stamp.SITE_MASK);
  }

  private void tick() {
    long next = epoch + Stamp.TICK;
    if (Stamp.sameBlock(next, epoch)) {
      epoch = next;
      return;
    }
    int length = Math.max(clock.length, slot + 1);
    clock = Arrays.copyOf(clock, length);
    clockShared = false;
    clock[slot] = Math.max(clock[slot], epoch | Stamp.SITE_MASK);
    snapshot = null;
    epoch = Slots.block(slot, info);
  }

  /** Gives the slot back, once. The clock stays, for those who join. */
  void end() {
    if (!ended) {
      ended = true;
      near = NOWHERE;
      joined = NONE;
      arrays = ArrayAccesses.NOTHING;
      arraysRead = ArrayAccesses.NEVER;
      info.finish();
      Slots.give(slot);
      int place = (int) tid & (CACHED - 1);
      if (CACHE[place] == this) {
        CACHE[place] = null; // it would be kept until another thread comes to this place
      }
    }
  }
}
