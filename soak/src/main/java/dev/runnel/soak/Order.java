package dev.runnel.soak;

/**
 * One worker's check that the values of each sender come in the order in which they were sent, on
 * each channel. What a collection refuses comes late, so a party where some do promises no order.
 */
final class Order {
  private final int[][] least;
  private final boolean promised;

  Order(Plan plan) {
    promised = !plan.refusing();
    least = new int[plan.channels()][plan.senders()];
  }

  void received(int channel, long value) {
    int sender = Ledger.senderOf(value);
    int count = Ledger.countOf(value);
    if (promised && count < least[channel][sender]) {
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
