package dev.runnel.interop;

import dev.runnel.CancelContext;
import dev.runnel.Context;
import dev.runnel.Go;
import dev.runnel.Outside;
import dev.runnel.internal.park.Uncaught;
import dev.runnel.internal.pipeline.Described;
import dev.runnel.pipeline.Pipeline;
import dev.runnel.pipeline.PipelineException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * A run of a pipeline for one subscriber, in a goroutine of its own, which alone signals.
 *
 * <p>Demand is awaited before the run and then after each value, before the stages go on. So they
 * make no value that nobody has asked for, and none is lost when the subscriber cancels.
 *
 * <pre>
 *   UPSTREAM --a value--&gt; SIGNALLING --onNext returned--&gt; UPSTREAM --the end--&gt; ENDED
 *       \------ cancelled, or asked for less than one -----&gt; CANCELLED, REFUSED
 * </pre>
 *
 * A cancellation interrupts what runs upstream, by ending its context. It does not interrupt the
 * subscriber's own code: in SIGNALLING it only changes the state, which the goroutine sees as soon
 * as that returns. One compare-and-set on the state decides between them, and between the
 * cancellation and the last signal.
 *
 * @param <T> the type of the values
 */
final class Publication<T> implements Subscription {
  private static final int UPSTREAM = 0;
  private static final int SIGNALLING = 1;
  private static final int ENDED = 2;
  private static final int CANCELLED = 3;
  private static final int REFUSED = 4;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Publication.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Described<T> pipeline;
  private final boolean namesStages;
  private final Subscriber<? super T> subscriber;
  private final CancelContext ctx;
  private final Demand demand = new Demand();
  private volatile int state = UPSTREAM;

  /** What the subscriber threw from {@code onNext}; the goroutine's own. */
  private @Nullable Throwable thrown;

  private Publication(
      Pipeline<T> pipeline, boolean namesStages, Subscriber<? super T> subscriber, Context ctx) {
    this.pipeline = (Described<T>) pipeline;
    this.namesStages = namesStages;
    this.subscriber = subscriber;
    this.ctx = ctx.withCancel();
  }

  /**
   * Starts one.
   *
   * @param namesStages whether failures tell the name of the stage, or only their cause
   */
  static <T> void start(
      Pipeline<T> pipeline, boolean namesStages, Subscriber<? super T> subscriber, Context ctx) {
    new Publication<>(pipeline, namesStages, subscriber, ctx).start();
  }

  private void start() {
    try {
      subscriber.onSubscribe(this);
    } catch (Throwable t) {
      cancel();
      Uncaught.report(t); // subscribe must return normally, whatever subscribers do
    }
    if (state == CANCELLED) {
      ctx.close();
    } else {
      var _ = Go.go(this::run);
    }
  }

  private void run() throws Exception {
    Throwable failure = null;
    try (Outside _ = Go.outside()) { // it may wait for demand, which comes from wherever
      var _ =
          pipeline.<Boolean>use(
              "publish",
              ctx,
              (stage, _) -> {
                demand.take();
                stage.run(this::put);
                return true;
              });
    } catch (Throwable t) {
      failure = t;
    } finally {
      ctx.close(); // before the last signal: nothing is left in the tree then
    }
    if (STATE.compareAndSet(this, UPSTREAM, ENDED)) {
      signalEnd(failure);
    } else if (state == REFUSED) {
      subscriber.onError(
          new IllegalArgumentException(
              "a subscriber must ask for 1 or more: non-positive subscription request (rule 3.9)"));
    } else if (thrown != null) {
      Uncaught.report(thrown);
    }
  }

  private void signalEnd(@Nullable Throwable failure) {
    if (failure == null) {
      subscriber.onComplete();
    } else if (!namesStages && failure instanceof PipelineException e && e.getCause() != null) {
      subscriber.onError(e.getCause());
    } else {
      subscriber.onError(failure);
    }
  }

  /** Hands a value over, and waits until another is wanted; false if none is. */
  private boolean put(T value) throws InterruptedException {
    if (!STATE.compareAndSet(this, UPSTREAM, SIGNALLING)) {
      return false;
    }
    try {
      subscriber.onNext(value);
    } catch (Throwable t) {
      thrown = t;
      cancel();
    }
    if (!STATE.compareAndSet(this, SIGNALLING, UPSTREAM)) {
      return false;
    }
    demand.take();
    return true;
  }

  @Override
  public void request(long n) {
    if (n > 0) {
      demand.add(n);
    } else {
      stop(REFUSED);
    }
  }

  @Override
  public void cancel() {
    stop(CANCELLED);
  }

  private void stop(int how) {
    int before;
    do {
      before = state;
      if (before != UPSTREAM && before != SIGNALLING) {
        return;
      }
    } while (!STATE.compareAndSet(this, before, how));
    if (before == UPSTREAM) {
      ctx.cancel();
    }
  }
}
