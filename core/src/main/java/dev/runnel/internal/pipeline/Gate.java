package dev.runnel.internal.pipeline;

/**
 * An outlet that remembers what the next one answered, for a stage that has more to put after its
 * upstream's return, or must tell whose failure it sees.
 *
 * @param <T> the type of the values
 */
final class Gate<T> implements Outlet<T> {
  private final Outlet<? super T> out;
  private boolean open = true;
  private boolean inside;

  Gate(Outlet<? super T> out) {
    this.out = out;
  }

  @Override
  public boolean put(T value) throws Exception {
    if (open) {
      inside = true;
      open = out.put(value);
      inside = false; // not in a finally: what was thrown below is what this tells
    }
    return open;
  }

  /** Puts several; whether more is wanted. */
  boolean putAll(Iterable<? extends T> values) throws Exception {
    for (T value : values) {
      if (!put(value)) {
        return false;
      }
    }
    return open;
  }

  /** Whether more is wanted. */
  boolean isOpen() {
    return open;
  }

  /** Whether it was a stage downstream that threw. */
  boolean threw() {
    return inside;
  }
}
