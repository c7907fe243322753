package dev.runnel.field.drivers;

import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jctools.counters.Counter;
import org.jctools.counters.CountersFactory;
import org.jctools.maps.NonBlockingHashMap;
import org.jctools.maps.NonBlockingHashMapLong;
import org.jctools.queues.MpmcArrayQueue;
import org.jctools.queues.MpmcUnboundedXaddArrayQueue;
import org.jctools.queues.MpscArrayQueue;
import org.jctools.queues.MpscBlockingConsumerArrayQueue;
import org.jctools.queues.MpscChunkedArrayQueue;
import org.jctools.queues.MpscGrowableArrayQueue;
import org.jctools.queues.MpscLinkedQueue;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jctools.queues.MpscUnboundedXaddArrayQueue;
import org.jctools.queues.SpmcArrayQueue;
import org.jctools.queues.SpscArrayQueue;
import org.jctools.queues.SpscChunkedArrayQueue;
import org.jctools.queues.SpscGrowableArrayQueue;
import org.jctools.queues.SpscLinkedQueue;
import org.jctools.queues.SpscUnboundedArrayQueue;
import org.jctools.queues.atomic.MpmcAtomicArrayQueue;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jctools.queues.atomic.MpscChunkedAtomicArrayQueue;
import org.jctools.queues.atomic.MpscLinkedAtomicQueue;
import org.jctools.queues.atomic.SpmcAtomicArrayQueue;
import org.jctools.queues.atomic.SpscAtomicArrayQueue;
import org.jctools.queues.atomic.SpscLinkedAtomicQueue;
import org.jctools.queues.atomic.SpscUnboundedAtomicArrayQueue;

/** JCTools: queues of every kind, by Unsafe and by field updaters, and its maps and counters. */
final class JctoolsQueues {
  private static final int ROUNDS = 3;
  private static final int KEYS = 64;

  private JctoolsQueues() {}

  public static void main(String[] args) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      queues();
    }
    maps();
  }

  private static void queues() throws InterruptedException {
    Handover.pass(new SpscArrayQueue<>(16), 1, 1);
    Handover.pass(new SpscChunkedArrayQueue<>(8, 64), 1, 1);
    Handover.pass(new SpscGrowableArrayQueue<>(8, 64), 1, 1);
    Handover.pass(new SpscUnboundedArrayQueue<>(8), 1, 1);
    Handover.pass(new SpscLinkedQueue<>(), 1, 1);
    Handover.pass(new SpscAtomicArrayQueue<>(16), 1, 1);
    Handover.pass(new SpscLinkedAtomicQueue<>(), 1, 1);
    Handover.pass(new SpscUnboundedAtomicArrayQueue<>(8), 1, 1);
    Handover.pass(new MpscArrayQueue<>(16), 3, 1);
    Handover.pass(new MpscChunkedArrayQueue<>(8, 64), 3, 1);
    Handover.pass(new MpscGrowableArrayQueue<>(8, 64), 3, 1);
    Handover.pass(new MpscUnboundedArrayQueue<>(8), 3, 1);
    Handover.pass(new MpscUnboundedXaddArrayQueue<>(8), 3, 1);
    Handover.pass(new MpscBlockingConsumerArrayQueue<>(16), 3, 1);
    Handover.pass(new MpscLinkedQueue<>(), 3, 1);
    Handover.pass(new MpscAtomicArrayQueue<>(16), 3, 1);
    Handover.pass(new MpscChunkedAtomicArrayQueue<>(8, 64), 3, 1);
    Handover.pass(new MpscLinkedAtomicQueue<>(), 3, 1);
    Handover.pass(new SpmcArrayQueue<>(16), 1, 3);
    Handover.pass(new SpmcAtomicArrayQueue<>(16), 1, 3);
    Handover.pass(new MpmcArrayQueue<>(16), 2, 2);
    Handover.pass(new MpmcAtomicArrayQueue<>(16), 2, 2);
    Handover.pass(new MpmcUnboundedXaddArrayQueue<>(8), 2, 2);
  }

  private static void maps() throws Exception {
    AtomicReference<ConcurrentMap<String, int[]>> map =
        new AtomicReference<>(new NonBlockingHashMap<>());
    NonBlockingHashMapLong<int[]> byNumber = new NonBlockingHashMapLong<>();
    Counter counter = CountersFactory.createFixedSizeStripedCounter(4);
    Crew.work(
        4,
        random -> {
          if (random.nextInt(10_000) == 0) {
            map.set(new NonBlockingHashMap<>()); // small again, and to grow
          }
          String key = "k" + random.nextInt(KEYS);
          switch (random.nextInt(6)) {
            case 0 -> map.get().put(key, new int[] {1});
            case 1 -> map.get().remove(key);
            case 2 -> byNumber.put(random.nextInt(KEYS), new int[] {1});
            case 3 -> byNumber.remove(random.nextInt(KEYS));
            case 4 -> {
              int[] found = byNumber.get(random.nextInt(KEYS));
              Crew.check(found == null || found[0] == 1, "not what was put");
            }
            default -> {
              int[] found = map.get().get(key);
              Crew.check(found == null || found[0] == 1, "not what was put");
            }
          }
          counter.inc();
        });
    Crew.check(counter.get() > 0, "nothing was counted");
  }
}
