package dev.runnel.internal.pipeline;

import dev.runnel.Context;
import dev.runnel.pipeline.Pipeline;
import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * A pipeline: its last stage, and how to make that stage anew under another name.
 *
 * @param <T> the type of its values
 */
public final class Described<T> implements Pipeline<T> {

  /**
   * How a source is made, under its label.
   *
   * @param <T> the type of its values
   */
  @FunctionalInterface
  public interface Plan<T> {
    /** Makes the stage. */
    Stage<T> under(Label label);
  }

  /**
   * How a stage is made on top of another.
   *
   * @param <T> the type of the values upstream
   * @param <R> the type of its own values
   */
  @FunctionalInterface
  public interface Link<T, R> {
    /** Makes the stage. */
    Stage<R> on(Stage<T> upstream, Label label);
  }

  /**
   * What a terminal call does.
   *
   * @param <T> the type of the values
   * @param <R> the type of the result
   */
  @FunctionalInterface
  public interface Use<T, R> {
    /** Runs the stage and makes the result. */
    R of(Stage<T> stage, Label label) throws Exception;
  }

  private final Label label;
  private final Plan<T> plan;
  private final Stage<T> stage;

  private Described(Label label, Plan<T> plan) {
    this.label = label;
    this.plan = plan;
    this.stage = plan.under(label);
  }

  /** A pipeline that is only a source. */
  public static <T> Pipeline<T> source(String operator, Plan<T> plan) {
    return new Described<>(Label.of(1, operator), plan);
  }

  /** This with one more stage. */
  public <R> Pipeline<R> then(String operator, Link<T, R> link) {
    return new Described<>(label.next(operator), next -> link.on(stage, next));
  }

  /** The stage of a pipeline, which may be of a narrower type. */
  @SuppressWarnings("unchecked") // a stage only hands values out
  public static <T> Stage<T> stage(Pipeline<? extends T> pipeline) {
    return ((Described<T>) Objects.requireNonNull(pipeline, "pipeline")).stage;
  }

  @Override
  public Pipeline<T> named(String name) {
    return new Described<>(label.named(Objects.requireNonNull(name, "name")), plan);
  }

  /** Runs it on this thread, under a context. */
  public <R> R use(String operator, Context ctx, Use<T, R> use) throws InterruptedException {
    return running(ctx, () -> use.of(stage, label.next(operator)));
  }

  private static <R> R running(Context ctx, Callable<R> body) throws InterruptedException {
    try {
      return ctx.call(body);
    } catch (StageFailure failure) {
      throw failure.asSeenOutside();
    } catch (RuntimeException | InterruptedException e) {
      throw e;
    } catch (Exception e) { // an I/O operation that an interrupt cut short, and no context's end
      InterruptedException interrupted = new InterruptedException();
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  @Override
  public String toString() {
    return "pipeline to " + label;
  }
}
