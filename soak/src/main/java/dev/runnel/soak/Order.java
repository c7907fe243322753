package dev.runnel.soak;

/**
 * One worker's check that the values of each sender come in the order in which they were sent, on
 * each channel.
 */
final class Order {
  private final int[][] least;

  Order(Plan plan) {
    least = new int[plan.channels()][plan.senders()];
  }

  void received(int channel, long value) {
    int sender = Ledger.senderOf(value);
    int count = Ledger.countOf(value);
    if (count < least[channel][sender]) {
      throw new Violation(
          "received "
              + Ledger.name(value)
              + " from channel "
              + channel
              + " after value "
              + (least[channel][sender] - 1));
    }
    least[channel][sender] = count + 1;
  }
}
