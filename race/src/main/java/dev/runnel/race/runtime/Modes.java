package dev.runnel.race.runtime;

/** What an operation on a variable does to the order of things: the access modes, as bits. */
public final class Modes {
  /** Nothing. */
  public static final int PLAIN = 0;

  /** It sees what was released. */
  public static final int ACQUIRE = 1;

  /** What came before it is released. */
  public static final int RELEASE = 2;

  /** Both. */
  public static final int BOTH = 3;

  /** It sees what was released, once an acquiring fence follows. */
  public static final int GLIMPSE = 4;

  /** What came before the last releasing fence is released. */
  public static final int FENCED = 8;

  /** It is the program's own, not one of the JDK's for it. */
  public static final int PROGRAMS = 16;

  private Modes() {}

  /**
   * The mode of a method of {@code VarHandle} or {@code Unsafe}, by its name.
   *
   * @param method the name
   * @param lenient whether opaque and plain atomic operations are taken for ordering ones: in the
   *     JDK, which combines them with fences and with what it knows of itself. If not, they order
   *     together with fences.
   * @return the bits
   */
  public static int of(String method, boolean lenient) {
    boolean atomic =
        method.contains("ompareAnd") || method.startsWith("getAnd"); // weakCompareAnd..., too
    boolean ordered = method.startsWith("putOrdered");
    if (method.endsWith("Plain")) {
      return !atomic ? PLAIN : lenient ? BOTH : GLIMPSE | FENCED;
    }
    boolean opaque = method.contains("Opaque");
    boolean acquire = method.endsWith("Acquire");
    boolean release = method.endsWith("Release") || ordered;
    if (atomic) {
      return acquire && !lenient
          ? ACQUIRE | FENCED
          : release && !lenient ? RELEASE | GLIMPSE : BOTH;
    }
    boolean strong = method.endsWith("Volatile") || acquire || release || (opaque && lenient);
    boolean reads = method.startsWith("get");
    if (strong) {
      return reads ? ACQUIRE : RELEASE;
    }
    boolean plain = lenient || !(opaque || method.equals("get") || method.equals("set"));
    return plain ? PLAIN : reads ? GLIMPSE : FENCED;
  }
}
