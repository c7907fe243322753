package dev.runnel.race.runtime;

/** Which of an object's synchronisation variables; fields and elements go by their offset. */
final class Keys {
  static final long MONITOR = -1;
  static final long START = -2;
  static final long PARK = -3;
  static final long INTERRUPT = -4;
  static final long INIT = -5;
  static final long EXIT = -6;
  static final long FENCE = -7;
  static final long WAIT = -8;
  static final long HANDLER = -9;
  static final long BYTES = -10;
  static final long OTHER = -11;

  private Keys() {}
}
