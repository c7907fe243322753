package dev.runnel.pipeline;

import java.util.List;
import java.util.function.Function;

/**
 * An operator, and what it should do: a plain function from a list to a list.
 *
 * @param name how its stage is called
 * @param traits what is special about it
 * @param shape puts it on top of a pipeline
 * @param model what should come of a list of values
 */
record Operator(
    String name, List<Trait> traits, Shape shape, Function<List<Integer>, List<?>> model) {

  enum Trait {
    /** It has no function that could fail. */
    WITHOUT_FUNCTION,
    /** It may want no more before the values end. */
    STOPS_EARLY,
    /** It has nothing to put before the values end. */
    WAITS_FOR_THE_END,
    /** Its results may come in any order. */
    UNORDERED,
    /** It does not call its function for every value. */
    CALLS_SELDOM,
    /** Nothing comes of it unless time passes. */
    SILENT,
    /** It makes something else of a failure upstream. */
    MENDS
  }

  /** Puts the operator on top of a pipeline, and calls the probe in all its functions. */
  interface Shape {
    Pipeline<?> over(Pipeline<Integer> upstream, Probe probe);
  }

  /** Called whenever a function of an operator is. */
  interface Probe {
    Probe NONE = () -> {};

    void called() throws Exception;
  }

  static Operator of(
      String name, Shape shape, Function<List<Integer>, List<?>> model, Trait... traits) {
    return new Operator(name, List.of(traits), shape, model);
  }

  boolean is(Trait trait) {
    return traits.contains(trait);
  }

  Pipeline<?> over(Pipeline<Integer> upstream) {
    return shape.over(upstream, Probe.NONE);
  }

  @Override
  public String toString() {
    return name;
  }
}
