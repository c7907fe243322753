package dev.runnel.benchmarks.workload;

import java.util.List;

/**
 * Values that travel in a row through a chain of goroutines, each of which passes on what it
 * receives, over unbuffered channels. An operation is a hop. The chain is made once.
 *
 * @param <C> the peer's channels
 */
final class Chain<C> implements Body {
  private static final int LEAST_VALUES = 20;

  private final Peer<C> peer;
  private final int length;
  private final C first;
  private final C last;

  Chain(Peer<C> peer, int length) {
    this.peer = peer;
    this.length = length;
    this.first = peer.channel(0);
    C from = first;
    for (int i = 0; i < length; i++) {
      C to = peer.channel(0);
      from = link(from, to);
    }
    this.last = from;
  }

  private C link(C from, C to) {
    peer.go(() -> {
      while (true) {
        peer.send(to, peer.receive(from));
      }
    });
    return to;
  }

  @Override
  public long run(long operations) throws Exception {
    long values = Math.max(LEAST_VALUES, operations / length);
    peer.goAll(
        List.of(
            () -> {
              for (long i = 0; i < values; i++) {
                peer.send(first, (int) (i & 0x7f));
              }
            },
            () -> {
              for (long i = 0; i < values; i++) {
                int value = peer.receive(last);
                if (value != (int) (i & 0x7f)) {
                  throw new IllegalStateException("out of order: " + value + " as number " + i);
                }
              }
            }));
    return values * length;
  }
}
