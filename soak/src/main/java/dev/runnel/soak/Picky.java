package dev.runnel.soak;

import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A collection that takes a number of values and refuses the next; it remembers that one too. */
final class Picky extends AbstractCollection<Long> {
  /** Thrown for the value that is refused. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal() {
      super("refused, as planned", null, false, false);
    }
  }

  private final int takes;
  private final List<Long> given = new ArrayList<>();

  /**
   * Creates it empty.
   *
   * @param takes how many values it takes
   */
  Picky(int takes) {
    this.takes = takes;
  }

  /** All values it was given; the last was refused if there is one more than it takes. */
  List<Long> given() {
    return given;
  }

  @Override
  public boolean add(Long value) {
    given.add(value);
    if (given.size() > takes) {
      throw new Refusal();
    }
    return true;
  }

  @Override
  public Iterator<Long> iterator() {
    return given.iterator();
  }

  @Override
  public int size() {
    return given.size();
  }
}
