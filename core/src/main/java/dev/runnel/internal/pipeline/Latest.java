package dev.runnel.internal.pipeline;

import dev.runnel.CancelContext;
import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.pipeline.Pipeline;
import dev.runnel.pipeline.Transform;
import org.jspecify.annotations.Nullable;

/** Stages that do something with the latest value only: the next one cancels it. */
public final class Latest {

  private Latest() {}

  /** What a function makes of each value, if it has made it before the next one comes. */
  public static <T, R> Stage<R> mapLatest(
      Stage<T> up, Label label, Transform<? super T, ? extends R> f) {
    return latest(up, value -> out -> out.put(label.<T, R>apply(f, value)));
  }

  /** The values of a pipeline in place of each value, until the next one comes. */
  public static <T, R> Stage<R> flatMapLatest(
      Stage<T> up, Label label, Transform<? super T, ? extends Pipeline<? extends R>> f) {
    return latest(
        up,
        value ->
            out -> Described.<R>stage(label.<T, Pipeline<? extends R>>apply(f, value)).run(out));
  }

  /** What comes of a value. */
  private interface Work<T, R> {
    Stage<R> of(T value);
  }

  private static <T, R> Stage<R> latest(Stage<T> up, Work<T, R> work) {
    return out -> {
      Chan<R> results = Chan.unbuffered(); // so that nothing of a canceled one is left in it
      try (Section section = Section.open()) {
        section.go(() ->
            results.closeAfter(() -> {
              var running =
                  new Outlet<T>() {
                    private @Nullable Run current;

                    @Override
                    public boolean put(T value) throws Exception {
                      stop();
                      Run run = new Run(Context.current().withCancel());
                      current = run;
                      section.go(() -> run.body(work.of(value), results));
                      return true;
                    }

                    void stop() throws InterruptedException {
                      if (current != null) {
                        current.ctx.cancel();
                        current.done.receive();
                      }
                    }
                  };
              up.run(running);
              if (running.current != null) {
                running.current.done.receive();
              }
            }));
        section.drain(results, out);
      }
    };
  }

  /** What is done with one value. */
  private static final class Run {
    private final CancelContext ctx;
    private final Chan<Boolean> done = Chan.unbuffered();

    Run(CancelContext ctx) {
      this.ctx = ctx;
    }

    <R> void body(Stage<R> stage, Chan<R> results) throws Exception {
      try (ctx) {
        ctx.run(() -> stage.run(Crossings.sendingTo(results)));
      } catch (ContextException e) {
        Context.current().check(); // if the whole is to end, so is this; else it is only this
      } catch (Throwable t) {
        results.fail(t);
        throw t;
      } finally {
        done.close();
      }
    }
  }
}
