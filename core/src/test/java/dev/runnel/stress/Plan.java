package dev.runnel.stress;

import dev.runnel.Overflow;

/**
 * What a {@link ChannelRun} is to do.
 *
 * @param capacity of each channel
 * @param overflow of each channel
 * @param channels how many channels
 * @param senders how many workers only send
 * @param receivers how many workers only receive
 * @param mixed how many workers select with sends and receives at once
 * @param turns how many operations each sending worker tries, before scaling
 * @param end how the channels end
 * @param refusing whether some receivers' collections refuse values
 * @param tormented whether workers are interrupted and their contexts canceled
 */
record Plan(
    int capacity,
    Overflow overflow,
    int channels,
    int senders,
    int receivers,
    int mixed,
    int turns,
    End end,
    boolean refusing,
    boolean tormented) {

  /** How the channels end. */
  enum End {
    /** Closed when all sending workers have ended. */
    CLOSED_LAST,
    /** Closed by two senders at once in the middle. */
    CLOSED_MIDWAY,
    /** Failed by two senders at once in the middle. */
    FAILED_MIDWAY,
    /** Closed when half the receivers have gone, with values left in the buffer. */
    RECEIVERS_LEAVE
  }

  /** Four senders and four receivers at one channel. */
  static Plan of(int capacity, int turns) {
    return new Plan(capacity, Overflow.SUSPEND, 1, 4, 4, 0, turns, End.CLOSED_MIDWAY, false, true);
  }

  Plan dropping(Overflow policy) {
    return new Plan(
        capacity, policy, channels, senders, receivers, mixed, turns, end, refusing, tormented);
  }

  Plan channels(int n) {
    return new Plan(
        capacity, overflow, n, senders, receivers, mixed, turns, end, refusing, tormented);
  }

  Plan workers(int sending, int receiving, int both) {
    return new Plan(
        capacity, overflow, channels, sending, receiving, both, turns, end, refusing, tormented);
  }

  Plan end(End how) {
    return new Plan(
        capacity, overflow, channels, senders, receivers, mixed, turns, how, refusing, tormented);
  }

  Plan withRefusals() {
    return new Plan(
        capacity, overflow, channels, senders, receivers, mixed, turns, end, true, tormented);
  }

  Plan calm() {
    return new Plan(
        capacity, overflow, channels, senders, receivers, mixed, turns, end, refusing, false);
  }

  int workers() {
    return senders + receivers + mixed;
  }

  int sending() {
    return senders + mixed;
  }

  boolean endsMidway() {
    return end == End.CLOSED_MIDWAY || end == End.FAILED_MIDWAY;
  }
}
