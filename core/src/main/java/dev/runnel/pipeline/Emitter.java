package dev.runnel.pipeline;

import dev.runnel.internal.pipeline.Emitting;

/**
 * Where code of the user puts values into a pipeline, on the thread that it was called on.
 *
 * @param <T> the type of the values
 */
public sealed interface Emitter<T> permits Emitting {

  /**
   * Puts a value: all that is downstream is done with it when this returns, as far as that runs on
   * the same thread.
   *
   * @param value the value
   * @return whether more are wanted; after false, this does nothing any more
   * @throws Exception if a stage downstream fails, or the run is to stop: to be passed on
   * @throws IllegalStateException if another thread calls this than the one that was given it
   */
  boolean emit(T value) throws Exception;
}
