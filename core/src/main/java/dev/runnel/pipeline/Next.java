package dev.runnel.pipeline;

import java.util.Objects;

/**
 * What a stage with a state makes of a value: the next state, and what goes on downstream.
 *
 * @param state the next state
 * @param result what goes on
 * @param <S> the type of the state
 * @param <R> the type of the result
 */
public record Next<S, R>(S state, R result) {

  /**
   * Creates it.
   *
   * @param state the next state
   * @param result what goes on
   * @throws NullPointerException if an argument is null
   */
  public Next {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(result, "result");
  }
}
