package dev.runnel;

import dev.runnel.internal.context.CancelNode;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.goroutine.Group;
import dev.runnel.internal.goroutine.Promise;
import dev.runnel.internal.goroutine.Routine;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.time.Clock;
import dev.runnel.sync.WaitGroup;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Goroutines that belong together: none outlives the group, the first failure stops the rest, and
 * no failure is lost.
 *
 * {@snippet class="dev.runnel.snippets.SnippetsTest" region="group"}
 *
 * <p>The group's goroutines run under {@link #context}, a child of its parent context. It ends at
 * the first failure, at {@link #cancel}, at {@link #close}, and when the parent ends; the
 * goroutines are then interrupted. What they throw for that reason ({@link ContextException},
 * {@link InterruptedException} and their like) is an echo, not a failure.
 *
 * <p>What a goroutine of the group did <i>happens-before</i> the return of {@link #await} and
 * {@link #close}.
 *
 * <p>Origin in Go: {@code golang.org/x/sync/errgroup}, made structured.
 */
public final class ErrGroup implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.runnel");

  /** How long {@link #close} waits before it says for whom. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ContextNode parent;
  private final CancelNode context;
  private final WaitGroup running = new WaitGroup();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Set<Routine> members = ConcurrentHashMap.newKeySet();
  private final Group membership = new Membership();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean started;
  private volatile boolean asked;

  /** How many of the failures an await has thrown. */
  private volatile int seen;

  private boolean interrupting = true;
  private Duration patience = PATIENCE;
  private @Nullable Chan<Boolean> slots;

  private ErrGroup(ContextNode parent) {
    this.parent = parent;
    this.context = parent.withCancel();
  }

  /**
   * Opens a group under {@link Context#current}.
   *
   * @return the group, to be closed
   */
  public static ErrGroup open() {
    return open(Context.current());
  }

  /**
   * Opens a group.
   *
   * @param parent the context above the group's own
   * @return the group, to be closed
   * @throws NullPointerException if the parent is null
   */
  public static ErrGroup open(Context parent) {
    return new ErrGroup((ContextNode) Objects.requireNonNull(parent, "parent"));
  }

  /**
   * Bounds how many goroutines of the group run at a time.
   *
   * @param n how many, at least 1
   * @return this group
   * @throws IllegalArgumentException if {@code n} is less than 1
   * @throws IllegalStateException if a goroutine has been started in the group
   */
  public ErrGroup limit(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("an ErrGroup's limit must be at least 1, not " + n);
    }
    ensureNotStarted("limit");
    slots = Chan.buffered(n);
    return this;
  }

  /**
   * Sets whether the end of the group's context interrupts its goroutines, which is so unless this
   * says otherwise. Switch it off for goroutines that use NIO channels others depend on: an
   * interrupt closes them.
   *
   * @param interrupts whether to interrupt
   * @return this group
   * @throws IllegalStateException if a goroutine has been started in the group
   */
  public ErrGroup interrupting(boolean interrupts) {
    ensureNotStarted("interrupting");
    interrupting = interrupts;
    return this;
  }

  /** Sets how long {@link #close} waits before it says for whom; for tests. */
  ErrGroup patience(Duration duration) {
    patience = duration;
    return this;
  }

  private void ensureNotStarted(String setting) {
    if (started) {
      throw new IllegalStateException(
          "set an ErrGroup's " + setting + " before its first goroutine is started");
    }
  }

  /**
   * Starts a goroutine in the group, waiting first for one to end if the group is at its limit.
   *
   * @param task its body
   * @throws ContextException if the group's context has ended, or ends while this waits; to the
   *     group's own goroutines also if it is being closed
   * @throws IllegalStateException if the group is closed
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   * @throws NullPointerException if the task is null
   */
  public void go(Task task) throws InterruptedException {
    Objects.requireNonNull(task, "task");
    admit();
    start(task, membership);
  }

  /**
   * Starts a goroutine in the group, unless the group is at its limit.
   *
   * @param task its body
   * @return whether it was started
   * @throws ContextException if the group's context has ended; to the group's own goroutines also
   *     if it is being closed
   * @throws IllegalStateException if the group is closed
   * @throws NullPointerException if the task is null
   */
  public boolean tryGo(Task task) {
    Objects.requireNonNull(task, "task");
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.GROUP_GO, this);
    }
    ensureOpen();
    context.check();
    if (slots != null && !slots.trySend(true)) {
      return false;
    }
    start(task, membership);
    return true;
  }

  /**
   * Starts a goroutine with a result in the group. If it fails, the group fails, like with {@link
   * #go}. If the group's context ended before the body ran (which then does not run), or made it
   * stop, the future is cancelled.
   *
   * @param body makes the result
   * @param <T> the type of the result
   * @return the future result
   * @throws ContextException if the group's context has ended, or ends while this waits; to the
   *     group's own goroutines also if it is being closed
   * @throws IllegalStateException if the group is closed
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   * @throws NullPointerException if the body is null
   */
  public <T> Future<T> call(Callable<T> body) throws InterruptedException {
    Objects.requireNonNull(body, "body");
    admit();
    Promise<T> promise = new Promise<>(body, membership);
    start(promise, promise);
    return promise;
  }

  private void admit() throws InterruptedException {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.GROUP_GO, this);
    }
    ensureOpen();
    context.check();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (slots != null) {
      slots.send(true, context);
    }
  }

  private void start(Task task, Group answering) {
    running.add(1); // before looking at closed: close looks at running after setting it
    boolean answeredFor = false;
    try {
      ensureOpen();
      started = true;
      Routine.start(task, context, interrupting, answering);
      answeredFor = true;
    } finally {
      if (!answeredFor) {
        leave();
      }
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.GROUP_GO, this);
    }
  }

  /** To its own goroutines, closing the group is the end of its context, which comes with it. */
  private void ensureOpen() {
    if (closed.get()) {
      if (isMember()) {
        context.cancel(); // close is about to do so
        context.check();
      }
      throw new IllegalStateException("this ErrGroup is closed: nothing can be started in it");
    }
  }

  private void leave() {
    if (slots != null) {
      slots.tryReceive();
    }
    running.done();
  }

  /**
   * The context of the group's goroutines.
   *
   * @return the context
   */
  public Context context() {
    return context;
  }

  /** Ends the group's context: its goroutines are told to stop. */
  public void cancel() {
    asked = true;
    context.cancel();
  }

  /**
   * Waits until all goroutines of the group have ended.
   *
   * @throws ExecutionException if one failed: the cause is the first failure, later ones are {@link
   *     Throwable#getSuppressed suppressed}
   * @throws ContextException if none failed but the parent context has ended, so that undone work
   *     never looks done
   * @throws IllegalStateException if called by a goroutine of the group
   * @throws InterruptedException if the thread is interrupted on entry or while waiting; the
   *     goroutines run on until {@link #close}
   */
  public void await() throws InterruptedException, ExecutionException {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.GROUP_AWAIT, this);
    }
    ensureNotMember();
    asked = true;
    running.await();
    List<Throwable> all = List.copyOf(failures);
    if (!all.isEmpty()) {
      seen = all.size();
      throw withSuppressed(new ExecutionException(all.getFirst()), all);
    }
    parent.checkEnding();
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.GROUP_AWAIT, this);
    }
  }

  private static <X extends Exception> X withSuppressed(X thrown, List<Throwable> failures) {
    failures.stream().skip(1).forEach(thrown::addSuppressed);
    return thrown;
  }

  /** A goroutine of the group that waits for the group waits for ever. */
  private void ensureNotMember() {
    if (isMember()) {
      throw new IllegalStateException(
          Routine.current()
              + " belongs to this ErrGroup, and so can't wait for it: it would wait for itself");
    }
  }

  private boolean isMember() {
    Routine current = Routine.current();
    return current != null && members.contains(current);
  }

  /**
   * Cancels the group and waits until all its goroutines have ended, whatever interrupts come
   * (their flag is set afterwards). After 10 seconds it logs for whom it waits. Closing again does
   * nothing.
   *
   * <p>A failure that no {@link #await} has thrown goes with the exception below, or else to the
   * log of {@code dev.runnel}.
   *
   * @throws IllegalStateException if neither {@link #await} nor {@link #cancel} was called; its
   *     cause is the first failure, if there is one, later ones are suppressed. Also if called by a
   *     goroutine of the group; the group then stays open
   */
  @Override
  public void close() {
    ensureNotMember();
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    context.cancel();
    joinAll();
    List<Throwable> unseen = failures.stream().skip(seen).toList();
    if (!asked) {
      throw withSuppressed(
          new IllegalStateException(
              "an ErrGroup was closed without await() or cancel(): its goroutines were stopped,"
                  + " and nobody asked how they fared",
              unseen.isEmpty() ? null : unseen.getFirst()),
          unseen);
    }
    for (Throwable failure : unseen) {
      LOG.log(
          System.Logger.Level.WARNING,
          "a goroutine of an ErrGroup failed, and no await() told of it",
          failure);
    }
  }

  private void joinAll() {
    Clock clock = Clock.current();
    long start = clock.nanos();
    boolean interrupted = false;
    boolean reported = false;
    for (boolean done = false; !done; ) {
      try {
        if (reported) {
          running.await();
          done = true;
        } else {
          done = running.await(patience.minusNanos(clock.nanos() - start));
          if (!done) {
            reportStuck();
            reported = true;
          }
        }
      } catch (InterruptedException e) {
        interrupted = true; // remembered, and put back below: close leaves nothing running
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void reportStuck() {
    StringBuilder dump = new StringBuilder();
    for (Routine member : members) {
      dump.append('\n').append(member);
      for (StackTraceElement frame : member.thread().getStackTrace()) {
        dump.append("\n\tat ").append(frame);
      }
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "an ErrGroup being closed has waited {0} s for goroutines that do not stop:{1}",
        BigDecimal.valueOf(patience.toMillis(), 3).stripTrailingZeros().toPlainString(),
        dump);
  }

  @Override
  public String toString() {
    return "error group of " + members.size();
  }

  /** What the group's goroutines tell it. */
  private final class Membership implements Group {

    @Override
    public void started(Routine routine) {
      members.add(routine);
    }

    @Override
    public boolean over() {
      return context.isEnding();
    }

    @Override
    public void failed(Throwable thrown) {
      failures.add(thrown);
      context.cancel(failures.peek()); // the first, though another may be quicker to cancel
    }

    @Override
    public void ended(Routine routine) {
      members.remove(routine);
      leave();
    }
  }
}
