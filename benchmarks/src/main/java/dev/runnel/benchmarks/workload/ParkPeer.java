package dev.runnel.benchmarks.workload;

/**
 * Channels that wait in the plainest way, on virtual threads: what the cost of Runnel's waiting is
 * judged by.
 */
final class ParkPeer extends ThreadPeer<ParkChannel> {
  @Override
  ParkChannel channel(int capacity) {
    return new ParkChannel(capacity);
  }

  @Override
  void send(ParkChannel channel, Integer value) {
    channel.send(value);
  }

  @Override
  Integer receive(ParkChannel channel) {
    return channel.receive();
  }
}
