package dev.runnel.benchmarks.workload;

import java.util.concurrent.CountDownLatch;

/**
 * A crowd that waits for a value of one channel. It is closed to dismiss them, or, where channels
 * can't be closed, each gets a value.
 *
 * @param <C> the peer's channels
 */
final class ChannelCrowd<C> implements Crowd {
  private final Peer<C> peer;
  private C channel;
  private CountDownLatch ended = new CountDownLatch(0);

  ChannelCrowd(Peer<C> peer) {
    this.peer = peer;
    this.channel = peer.channel(0);
  }

  @Override
  public void gather(int count) throws InterruptedException {
    C here = peer.channel(0);
    CountDownLatch come = new CountDownLatch(count);
    CountDownLatch gone = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      peer.go(() -> {
        come.countDown();
        peer.receiveOrClosed(here);
        gone.countDown();
      });
    }
    channel = here;
    ended = gone;
    come.await();
  }

  @Override
  public void dismiss() throws Exception {
    if (peer.closes()) {
      peer.close(channel);
    } else {
      for (long left = ended.getCount(); left > 0; left--) {
        peer.send(channel, 0);
      }
    }
    ended.await();
  }
}
