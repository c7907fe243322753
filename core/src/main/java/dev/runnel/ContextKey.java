package dev.runnel;

/**
 * The key of a value in a {@link Context}. Two keys are the same only if they are the same object,
 * so that packages can't collide: keep a key in a static field, private if the value is.
 *
 * <p>Origin in Go: the unexported key types that {@code context.WithValue} asks for.
 *
 * @param <T> the type of the value
 */
@SuppressWarnings("UnusedTypeParameter") // it ties a key to the type of its values
public final class ContextKey<T> {
  private final String name;

  private ContextKey(String name) {
    this.name = name;
  }

  /**
   * Creates a new key, different from all others.
   *
   * @param name what the key is called in messages
   * @param <T> the type of the value
   * @return the key
   * @throws NullPointerException if the name is null
   */
  public static <T> ContextKey<T> of(String name) {
    return new ContextKey<>(java.util.Objects.requireNonNull(name, "name"));
  }

  @Override
  public String toString() {
    return name;
  }
}
