package dev.runnel.field.drivers;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.LiteBlockingWaitStrategy;
import com.lmax.disruptor.PhasedBackoffWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.TimeoutBlockingWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** LMAX Disruptor: handlers in a diamond, each wait strategy, one producer and several. */
final class DisruptorRings {
  private static final int EVENTS = 3_000;

  private DisruptorRings() {}

  /** Written by the producer and each handler in turn. */
  private static final class Event {
    private int number;
    private int doubled;
    private int tripled;
  }

  public static void main(String[] args) throws Exception {
    for (int i = 0; i < 3; i++) {
      List<WaitStrategy> strategies =
          List.of(
              new BlockingWaitStrategy(),
              new LiteBlockingWaitStrategy(),
              new TimeoutBlockingWaitStrategy(1, TimeUnit.MILLISECONDS),
              new SleepingWaitStrategy(),
              new YieldingWaitStrategy(),
              new BusySpinWaitStrategy(),
              PhasedBackoffWaitStrategy.withLock(1, 1, TimeUnit.MICROSECONDS));
      for (WaitStrategy strategy : strategies) {
        diamond(ProducerType.MULTI, strategy, 2);
      }
      diamond(ProducerType.SINGLE, new BlockingWaitStrategy(), 1);
      diamond(ProducerType.SINGLE, new YieldingWaitStrategy(), 1);
    }
  }

  private static void diamond(ProducerType type, WaitStrategy strategy, int producers)
      throws InterruptedException {
    Disruptor<Event> disruptor = new Disruptor<>(Event::new, 64, Thread::new, type, strategy);
    AtomicLong sum = new AtomicLong();
    long[] all = new long[1]; // the last handler's
    disruptor
        .handleEventsWith(
            (event, sequence, last) -> event.doubled = 2 * event.number,
            (event, sequence, last) -> event.tripled = 3 * event.number)
        .then((event, sequence, last) -> {
          all[0] += event.number + event.doubled + event.tripled;
          event.number = 0;
          if (last) {
            sum.set(all[0]);
          }
        });
    RingBuffer<Event> ring = disruptor.start();
    Thread[] threads = new Thread[producers];
    for (int p = 0; p < producers; p++) {
      threads[p] =
          new Thread(() -> {
            for (int n = 1; n <= EVENTS; n++) {
              ring.publishEvent((event, sequence, number) -> event.number = number, n);
            }
          });
      threads[p].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    disruptor.shutdown();
    Crew.check(sum.get() == 3L * producers * EVENTS * (EVENTS + 1), "a wrong sum: " + sum);
  }
}
