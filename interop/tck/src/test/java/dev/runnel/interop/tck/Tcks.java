package dev.runnel.interop.tck;

/** What the classes of the TCK share. */
final class Tcks {
  /** How long a signal may take that must come. */
  static final long TIMEOUT_MILLIS = 2_000;

  /** How long to listen for a signal that must not come. */
  static final long QUIET_MILLIS = 50;

  private Tcks() {}
}
