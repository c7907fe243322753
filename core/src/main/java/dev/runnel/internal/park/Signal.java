package dev.runnel.internal.park;

/** A constant that is compared by identity and shows its name in a debugger. */
public final class Signal {
  private final String name;

  /**
   * Creates a signal, different from all others.
   *
   * @param name what it says
   */
  public Signal(String name) {
    this.name = name;
  }

  @Override
  public String toString() {
    return name;
  }
}
