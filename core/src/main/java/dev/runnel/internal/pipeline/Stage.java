package dev.runnel.internal.pipeline;

/**
 * A stage of a pipeline with all that is upstream of it. It can be run again and again, also at the
 * same time: what a run needs to remember, it makes for itself.
 *
 * <p>Three rules make pipelines whole, and each stage keeps them for itself:
 *
 * <ul>
 *   <li>{@code run} calls its outlet on the thread that it was called on, by one call after
 *       another, never after an answer of false.
 *   <li>It returns when there are no more values, or when it got that answer; so the end of the
 *       values needs no signal, and what a stage holds back goes out after its upstream's return.
 *   <li>When it returns or throws, nothing that it has started runs any more.
 * </ul>
 *
 * @param <T> the type of its values
 */
@FunctionalInterface
public interface Stage<T> {

  /**
   * Pushes all values into an outlet.
   *
   * @param out where to
   * @throws Exception what the outlet throws; a {@link StageFailure} if this or a stage upstream
   *     fails; what comes of an interrupt or the end of the context
   */
  void run(Outlet<? super T> out) throws Exception;
}
