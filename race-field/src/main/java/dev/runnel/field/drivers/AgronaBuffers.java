package dev.runnel.field.drivers;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.agrona.concurrent.SnowflakeIdGenerator;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.agrona.concurrent.broadcast.BroadcastBufferDescriptor;
import org.agrona.concurrent.broadcast.BroadcastReceiver;
import org.agrona.concurrent.broadcast.BroadcastTransmitter;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

/** Agrona: queues, ring buffers, broadcast, agents and counters. */
final class AgronaBuffers {
  private static final int ROUNDS = 2;
  private static final int MESSAGES = 500;

  private AgronaBuffers() {}

  public static void main(String[] args) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      Handover.pass(new OneToOneConcurrentArrayQueue<>(16), 1, 1);
      Handover.pass(new ManyToOneConcurrentArrayQueue<>(16), 3, 1);
      Handover.pass(new ManyToOneConcurrentLinkedQueue<>(), 3, 1);
      Handover.pass(new ManyToManyConcurrentArrayQueue<>(16), 2, 2);
      int length = 1_024 + RingBufferDescriptor.TRAILER_LENGTH;
      ring(new OneToOneRingBuffer(new UnsafeBuffer(ByteBuffer.allocateDirect(length))), 1);
      ring(new ManyToOneRingBuffer(new UnsafeBuffer(ByteBuffer.allocateDirect(length))), 3);
      broadcast();
      agents();
    }
    CountersManager counters =
        new CountersManager(
            new UnsafeBuffer(ByteBuffer.allocateDirect(256 * 1_024)),
            new UnsafeBuffer(ByteBuffer.allocateDirect(64 * 1_024)));
    AtomicCounter counter = counters.newCounter("shared");
    SnowflakeIdGenerator ids = new SnowflakeIdGenerator(1);
    Crew.work(
        4,
        random -> {
          counter.increment();
          long id = ids.nextId();
          Crew.check(ids.nextId() != id, "one number twice");
        });
  }

  private static void ring(RingBuffer ring, int producers) throws InterruptedException {
    Thread[] threads = new Thread[producers];
    for (int p = 0; p < producers; p++) {
      threads[p] = new Thread(() -> write(ring));
      threads[p].start();
    }
    long[] sum = new long[2];
    while (sum[1] < (long) producers * MESSAGES) {
      int read =
          ring.read((type, buffer, index, length) -> {
            sum[0] += buffer.getInt(index);
            sum[1]++;
          });
      if (read == 0) {
        Thread.onSpinWait();
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Crew.check(sum[0] == (long) producers * MESSAGES * (MESSAGES + 1) / 2, "a wrong sum");
  }

  private static void write(RingBuffer ring) {
    UnsafeBuffer message = new UnsafeBuffer(ByteBuffer.allocateDirect(16));
    for (int n = 1; n <= MESSAGES; n++) {
      message.putInt(0, n);
      while (!ring.write(1, message, 0, 4 + n % 12)) {
        Thread.onSpinWait();
      }
    }
  }

  /** Receivers may miss what is overwritten, which the transmitter does not wait for. */
  private static void broadcast() throws InterruptedException {
    UnsafeBuffer memory =
        new UnsafeBuffer(
            ByteBuffer.allocateDirect(1_024 + BroadcastBufferDescriptor.TRAILER_LENGTH));
    BroadcastReceiver receiver = new BroadcastReceiver(memory);
    Thread sender =
        new Thread(() -> {
          BroadcastTransmitter transmitter = new BroadcastTransmitter(memory);
          UnsafeBuffer message = new UnsafeBuffer(ByteBuffer.allocateDirect(8));
          for (int n = 1; n <= MESSAGES; n++) {
            message.putInt(0, n);
            transmitter.transmit(1, message, 0, 4);
          }
        });
    sender.start();
    int last = 0;
    while (last < MESSAGES) {
      if (receiver.receiveNext()) {
        int value = receiver.buffer().getInt(receiver.offset());
        if (receiver.validate()) {
          Crew.check(value > last, "backwards");
          last = value;
        }
      }
    }
    sender.join();
  }

  private static void agents() throws InterruptedException {
    Queue<int[]> queue = new OneToOneConcurrentArrayQueue<>(8);
    AtomicInteger errors = new AtomicInteger();
    AtomicInteger seen = new AtomicInteger();
    Agent agent =
        new Agent() {
          private int done; // the agent's own

          @Override
          public int doWork() {
            int[] work = queue.poll();
            if (work == null) {
              return 0;
            }
            work[0]++;
            seen.set(++done);
            return 1;
          }

          @Override
          public void onClose() {
            done = 0;
          }

          @Override
          public String roleName() {
            return "counting";
          }
        };
    try (AgentRunner runner =
        new AgentRunner(new YieldingIdleStrategy(), e -> errors.incrementAndGet(), null, agent)) {
      AgentRunner.startOnThread(runner);
      for (int n = 0; n < 100; n++) {
        while (!queue.offer(new int[] {n})) {
          Thread.onSpinWait();
        }
      }
      while (seen.get() < 100) {
        Thread.onSpinWait();
      }
    }
    Crew.check(errors.get() == 0, "an agent failed");
  }
}
