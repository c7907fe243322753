package dev.runnel.race.programs;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;

/** Queues: what is done before something is put in comes before what is done with it outside. */
@SuppressWarnings("unused")
final class Queues {
  private Queues() {}

  private static void putAndTake(boolean ordered, BlockingQueue<String> queue) throws Exception {
    Pair.pass(ordered, () -> queue.put("a"), queue::take);
  }

  private static void offerAndPoll(boolean ordered, Queue<String> queue) throws Exception {
    Pair.pass(ordered, () -> queue.offer("a"), () -> Pair.await(() -> queue.poll() != null));
  }

  /**
   * The third of three: at the first and the second a queue's ends are moved, by which more may
   * seem to be ordered than is.
   */
  private static void third(boolean ordered, Queue<Integer> queue) throws Exception {
    queue.add(0);
    queue.add(1);
    Pair.pass(
        ordered,
        () -> queue.offer(2),
        () -> {
          Pair.await(() -> queue.size() == 3);
          while (queue.poll() != 2) {}
        });
  }

  static void arrayBlockingQueue(boolean ordered) throws Exception {
    putAndTake(ordered, new ArrayBlockingQueue<>(1));
  }

  static void fairArrayBlockingQueue(boolean ordered) throws Exception {
    offerAndPoll(ordered, new ArrayBlockingQueue<>(1, true));
  }

  /**
   * A place in a full queue: what its taker did comes before what the one who waits for it does.
   */
  static void place(boolean ordered) throws Exception {
    ArrayBlockingQueue<String> queue = new ArrayBlockingQueue<>(1, false, List.of("a"));
    Pair.pass(ordered, queue::take, () -> queue.put("b"));
  }

  static void placeInLinkedQueue(boolean ordered) throws Exception {
    LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>(1);
    queue.add("a");
    Pair.pass(Thread.ofVirtual(), ordered, queue::take, () -> queue.put("b"));
  }

  static void linkedBlockingQueue(boolean ordered) throws Exception {
    putAndTake(ordered, new LinkedBlockingQueue<>());
  }

  static void linkedBlockingDeque(boolean ordered) throws Exception {
    BlockingDeque<String> queue = new LinkedBlockingDeque<>();
    Pair.pass(ordered, () -> queue.putFirst("a"), queue::takeLast);
  }

  static void drained(boolean ordered) throws Exception {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    java.util.ArrayList<String> into = new java.util.ArrayList<>();
    Pair.pass(ordered, () -> queue.put("a"), () -> Pair.await(() -> queue.drainTo(into) == 1));
  }

  static void priorityBlockingQueue(boolean ordered) throws Exception {
    putAndTake(ordered, new PriorityBlockingQueue<>());
  }

  static void priorityBlockingQueueWithTimeout(boolean ordered) throws Exception {
    PriorityBlockingQueue<String> queue = new PriorityBlockingQueue<>();
    Pair.pass(ordered, () -> queue.add("a"), () -> queue.poll(60, TimeUnit.SECONDS));
  }

  private record Due(long at) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(at, ((Due) other).at);
    }
  }

  static void delayQueue(boolean ordered) throws Exception {
    DelayQueue<Due> queue = new DelayQueue<>();
    Pair.pass(
        ordered, () -> queue.put(new Due(System.nanoTime() + 5_000_000)), () -> queue.take().at());
  }

  static void synchronousQueue(boolean ordered) throws Exception {
    SynchronousQueue<String> queue = new SynchronousQueue<>();
    Pair.pass(Thread.ofVirtual(), ordered, () -> queue.put("a"), queue::take);
  }

  /** The taker comes first, and the putter knows what it did. */
  static void takenFromSynchronousQueue(boolean ordered) throws Exception {
    SynchronousQueue<String> queue = new SynchronousQueue<>();
    Pair.pass(ordered, queue::take, () -> queue.put("a"));
  }

  static void fairSynchronousQueue(boolean ordered) throws Exception {
    SynchronousQueue<String> queue = new SynchronousQueue<>(true);
    Pair.pass(
        ordered,
        () -> Pair.await(() -> queue.offer("a")),
        () -> Pair.await(() -> queue.poll(1, TimeUnit.SECONDS) != null));
  }

  static void linkedTransferQueue(boolean ordered) throws Exception {
    putAndTake(ordered, new LinkedTransferQueue<>());
  }

  static void transfer(boolean ordered) throws Exception {
    TransferQueue<String> queue = new LinkedTransferQueue<>();
    Pair.pass(ordered, () -> queue.transfer("a"), queue::take);
  }

  /** Who transfers waits for the taker. */
  static void transferred(boolean ordered) throws Exception {
    TransferQueue<String> queue = new LinkedTransferQueue<>();
    Pair.pass(ordered, queue::take, () -> queue.transfer("a"));
  }

  static void tryTransfer(boolean ordered) throws Exception {
    TransferQueue<String> queue = new LinkedTransferQueue<>();
    Pair.pass(ordered, () -> Pair.await(() -> queue.tryTransfer("a")), queue::take);
  }

  static void thirdOfTransferQueue(boolean ordered) throws Exception {
    third(ordered, new LinkedTransferQueue<>());
  }

  static void concurrentLinkedQueue(boolean ordered) throws Exception {
    offerAndPoll(ordered, new ConcurrentLinkedQueue<>());
  }

  static void thirdOfConcurrentLinkedQueue(boolean ordered) throws Exception {
    third(ordered, new ConcurrentLinkedQueue<>());
  }

  static void concurrentLinkedDeque(boolean ordered) throws Exception {
    ConcurrentLinkedDeque<String> deque = new ConcurrentLinkedDeque<>();
    deque.add("first");
    Pair.pass(
        ordered,
        () -> deque.addLast("last"),
        () -> Pair.await(() -> deque.peekLast().equals("last")));
  }

  static void thirdOfConcurrentLinkedDeque(boolean ordered) throws Exception {
    third(ordered, new ConcurrentLinkedDeque<>());
  }

  /** Seen without being taken. */
  static void seenByIterator(boolean ordered) throws Exception {
    ConcurrentLinkedQueue<String> queue = new ConcurrentLinkedQueue<>(List.of("a", "b"));
    Pair.pass(
        ordered,
        () -> queue.add("c"),
        () ->
            Pair.await(() -> {
              boolean found = false;
              for (String s : queue) {
                found |= s.equals("c");
              }
              return found;
            }));
  }

  /** Another queue tells nothing of this one. */
  static void otherQueue(boolean ordered) throws Exception {
    LinkedTransferQueue<String> one = new LinkedTransferQueue<>();
    LinkedTransferQueue<String> two = new LinkedTransferQueue<>(List.of("b"));
    Pair.Cell cell = new Pair.Cell();
    Pair.both(
        () -> {
          cell.value = 1;
          one.put("a");
          Pair.signal();
        },
        () -> {
          Pair.awaitSignal();
          (ordered ? one : two).take();
          cell.value++;
        });
  }
}
