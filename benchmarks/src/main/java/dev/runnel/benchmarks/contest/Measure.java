package dev.runnel.benchmarks.contest;

/** What the processes measure. Less is better in all of them. */
enum Measure {
  /** How long an operation takes. */
  WALL("wall", "ns"),
  /** The CPU time of an operation, of all threads. */
  CPU("cpu", "ns CPU"),
  /** What an operation allocates. */
  ALLOCATED("bytes", "bytes"),
  /** What a waiting goroutine keeps alive. */
  EACH("each", "bytes each"),
  /** What a process costs that waits. */
  CORE("core", "% of a core");

  private final String key;
  private final String unit;

  Measure(String key, String unit) {
    this.key = key;
    this.unit = unit;
  }

  /** What the processes call it. */
  String key() {
    return key;
  }

  /** In what it is measured. */
  String unit() {
    return unit;
  }
}
