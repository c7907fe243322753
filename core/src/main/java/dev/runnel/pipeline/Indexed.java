package dev.runnel.pipeline;

import java.util.Objects;

/**
 * A value and its place.
 *
 * @param index its place among the values of its stage, from 0
 * @param value the value
 * @param <T> the type of the value
 */
public record Indexed<T>(long index, T value) {

  /**
   * Creates it.
   *
   * @param index the place
   * @param value the value
   * @throws NullPointerException if the value is null
   */
  public Indexed {
    Objects.requireNonNull(value, "value");
  }
}
