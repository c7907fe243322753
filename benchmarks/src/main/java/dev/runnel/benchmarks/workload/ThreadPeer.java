package dev.runnel.benchmarks.workload;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A peer whose goroutines are bare virtual threads.
 *
 * @param <C> its channels
 */
abstract class ThreadPeer<C> extends Peer<C> {
  @Override
  final void go(Step body) {
    var _ = Thread.startVirtualThread(running(body));
  }

  @Override
  final void goAll(List<Step> bodies) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(bodies.size());
    for (Step body : bodies) {
      var _ =
          Thread.startVirtualThread(
              running(() -> {
                body.run();
                ended.countDown();
              }));
    }
    ended.await();
  }

  private static Runnable running(Step step) {
    return () -> {
      try {
        step.run();
      } catch (Throwable t) {
        Failure.end(t);
      }
    };
  }
}
