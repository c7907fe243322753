package dev.runnel.pattern;

/**
 * What is done with each of many items, without a result.
 *
 * @param <T> the type of the items
 */
@FunctionalInterface
public interface Action<T> {

  /**
   * Does it for one item.
   *
   * @param item the item, never null
   * @throws Exception if that fails; what becomes of it is said where the action is handed over
   */
  void run(T item) throws Exception;
}
