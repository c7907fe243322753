package dev.runnel.internal.park;

/**
 * What channels have in common: whether their first trial of another way to wait was worth it. A
 * program may make many channels that live for some thousand values each; where the trials of some
 * were in vain, as on a machine that is busy with other work, the next ones begin theirs later.
 *
 * <p>Read and written without a lock: a lost update is a hint lost.
 */
final class Experience {
  /** That of all channels. */
  static final Experience COMMON = new Experience();

  private static final int MOST = 5;

  /** How many channels in a row have tried in vain. */
  private int inVain;

  /** How many episodes a channel should pass before its first trial. */
  int pause() {
    return (1 << inVain) - 1;
  }

  /** A channel's first trial is over. */
  void tried(boolean worthIt) {
    int next = worthIt ? 0 : Math.min(inVain + 1, MOST);
    if (next != inVain) { // no write without a change, as all channels read it
      inVain = next;
    }
  }
}
