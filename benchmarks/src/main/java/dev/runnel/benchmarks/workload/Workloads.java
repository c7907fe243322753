package dev.runnel.benchmarks.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The workloads, over what a peer offers. The programs in Go and Kotlin do the same under the same
 * names.
 *
 * @param <C> the peer's channels
 */
final class Workloads<C> {
  private final Peer<C> peer;

  Workloads(Peer<C> peer) {
    this.peer = peer;
  }

  /**
   * A workload.
   *
   * @param name its name
   * @return it; null if the peer can't do it
   * @throws IllegalArgumentException if there is none of that name
   */
  @Nullable Body named(String name) {
    return switch (name) {
      case "pair" -> this::pair;
      case "try" -> peer.tries() ? this::tries : null;
      case "1to1" -> n -> pairs(1, 0, n);
      case "1to1-b100" -> n -> pairs(1, Experiments.BUFFER, n);
      case "4to4" -> n -> pairs(4, 0, n);
      case "4to4-b100" -> n -> pairs(4, Experiments.BUFFER, n);
      case "1000to1000" -> n -> pairs(1_000, 0, n);
      case "1000to1000-b100" -> n -> pairs(1_000, Experiments.BUFFER, n);
      case "ping-pong" -> this::pingPong;
      case "chain-100" -> new Chain<>(peer, 100);
      case "chain-10000" -> new Chain<>(peer, 10_000);
      case "chain-100000" -> new Chain<>(peer, 100_000);
      case "receive-ctx" -> receiving(0, peer::receiveWithContext);
      case "receive-ctx-b100" -> receiving(Experiments.BUFFER, peer::receiveWithContext);
      case "select-done" -> receiving(0, peer::receiveOrDone);
      case "select-done-b100" -> receiving(Experiments.BUFFER, peer::receiveOrDone);
      case "select-handlers" -> receiving(0, peer::receiveOrDoneWithHandlers);
      case "select-handlers-b100" -> receiving(Experiments.BUFFER, peer::receiveOrDoneWithHandlers);
      case "select-4" -> selectOfFour(0);
      case "select-4-b100" -> selectOfFour(Experiments.BUFFER);
      case "batch" -> batches();
      case "pool" -> pool();
      case "spawn" -> this::spawn;
      case "mutex" -> mutex();
      default -> throw new IllegalArgumentException("no such workload: " + name);
    };
  }

  /** A value that needs no allocation. */
  private static Integer value(long i) {
    return (int) (i & 0x7f);
  }

  /** Fails unless what came is what was to come. */
  static void check(long counted, long expected) {
    if (counted != expected) {
      throw new IllegalStateException("counted " + counted + " instead of " + expected);
    }
  }

  private static long sum(long n) {
    return n / 128 * (127 * 64) + n % 128 * (n % 128 - 1) / 2;
  }

  /** Sends so many values, beginning with the one of 0. */
  private Step sender(C channel, long n) {
    return () -> {
      for (long i = 0; i < n; i++) {
        peer.send(channel, value(i));
      }
    };
  }

  /** One goroutine sends and receives. */
  private long pair(long n) throws Exception {
    C channel = peer.channel(64);
    peer.goAll(
        List.of(() -> {
          long sum = 0;
          for (long i = 0; i < n; i++) {
            peer.send(channel, value(i));
            sum += peer.receive(channel);
          }
          check(sum, sum(n));
        }));
    return n;
  }

  private long tries(long n) throws Exception {
    C channel = peer.channel(64);
    peer.goAll(
        List.of(() -> {
          long sum = 0;
          for (long i = 0; i < n; i++) {
            boolean sent = peer.trySend(channel, value(i));
            Integer received = peer.tryReceive(channel);
            if (!sent || received == null) {
              throw new IllegalStateException("nobody else is here to refuse for");
            }
            sum += received;
          }
          check(sum, sum(n));
        }));
    return n;
  }

  /** So many senders and as many receivers on one channel. */
  private long pairs(int count, int capacity, long n) throws Exception {
    long each = (n + count - 1) / count;
    C channel = peer.channel(capacity);
    AtomicLong total = new AtomicLong();
    List<Step> bodies = new ArrayList<>(2 * count);
    bodies.addAll(Collections.nCopies(count, sender(channel, each)));
    bodies.addAll(
        Collections.nCopies(
            count,
            () -> {
              long sum = 0;
              for (long i = 0; i < each; i++) {
                sum += peer.receive(channel);
              }
              total.addAndGet(sum);
            }));
    peer.goAll(bodies);
    check(total.get(), count * sum(each));
    return count * each;
  }

  /** A value there and a value back. */
  private long pingPong(long n) throws Exception {
    C there = peer.channel(0);
    C back = peer.channel(0);
    peer.goAll(
        List.of(
            () -> {
              for (long i = 0; i < n; i++) {
                peer.send(there, value(i));
                check(peer.receive(back), value(i));
              }
            },
            () -> {
              for (long i = 0; i < n; i++) {
                peer.send(back, peer.receive(there));
              }
            }));
    return n;
  }

  /** How a receiver makes its way of receiving. */
  private interface Taking<C> {
    @Nullable Take from(C channel);
  }

  /** One sender, plain, and one receiver that receives in some way. */
  private @Nullable Body receiving(int capacity, Taking<C> taking) {
    if (taking.from(peer.channel(capacity)) == null) {
      return null;
    }
    return n -> {
      C channel = peer.channel(capacity);
      peer.goAll(
          List.of(
              sender(channel, n),
              () -> {
                Take take = have(taking.from(channel));
                long sum = 0;
                for (long i = 0; i < n; i++) {
                  sum += take.take();
                }
                check(sum, sum(n));
              }));
      return n;
    };
  }

  /** Four senders, each with its channel, and one receiver. */
  private @Nullable Body selectOfFour(int capacity) {
    int ways = 4;
    if (peer.anyOf(channels(ways, capacity)) == null) {
      return null;
    }
    return n -> {
      long each = (n + ways - 1) / ways;
      List<C> channels = channels(ways, capacity);
      List<Step> bodies = new ArrayList<>();
      for (C channel : channels) {
        bodies.add(sender(channel, each));
      }
      bodies.add(() -> {
        Take take = have(peer.anyOf(channels));
        long sum = 0;
        for (long i = 0; i < ways * each; i++) {
          sum += take.take();
        }
        check(sum, ways * sum(each));
      });
      peer.goAll(bodies);
      return ways * each;
    };
  }

  private List<C> channels(int count, int capacity) {
    List<C> channels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      channels.add(peer.channel(capacity));
    }
    return channels;
  }

  /** One sender, and one receiver that takes all there is. */
  private @Nullable Body batches() {
    if (!peer.batches()) {
      return null;
    }
    return n -> {
      C channel = peer.channel(Experiments.BUFFER);
      peer.goAll(
          List.of(
              sender(channel, n),
              () -> {
                List<Integer> batch = new ArrayList<>(Experiments.BUFFER);
                long sum = 0;
                for (long i = 0; i < n; i += batch.size()) {
                  batch.clear();
                  check(peer.receiveBatch(channel, Experiments.BUFFER, batch), batch.size());
                  for (Integer value : batch) {
                    sum += value;
                  }
                }
                check(sum, sum(n));
              }));
      return n;
    };
  }

  /** Five workers under a context between two buffered channels. */
  private @Nullable Body pool() {
    int workers = 5;
    if (peer.sendWithContext(peer.channel(Experiments.BUFFER)) == null) {
      return null;
    }
    return n -> {
      long each = (n + workers - 1) / workers;
      long all = workers * each;
      C jobs = peer.channel(Experiments.BUFFER);
      C results = peer.channel(Experiments.BUFFER);
      List<Step> bodies = new ArrayList<>();
      bodies.add(() -> {
        Give give = have(peer.sendWithContext(jobs));
        for (long i = 0; i < all; i++) {
          give.give(value(i));
        }
      });
      bodies.addAll(
          Collections.nCopies(
              workers,
              () -> {
                Take take = have(peer.receiveWithContext(jobs));
                Give give = have(peer.sendWithContext(results));
                for (long i = 0; i < each; i++) {
                  give.give(127 - take.take());
                }
              }));
      bodies.add(() -> {
        Take take = have(peer.receiveWithContext(results));
        long sum = 0;
        for (long i = 0; i < all; i++) {
          sum += take.take();
        }
        check(sum, 127 * all - sum(all));
      });
      peer.goAll(bodies);
      return all;
    };
  }

  /** Starts goroutines by the ten thousand and waits until all have ended. */
  private long spawn(long n) throws Exception {
    int count = 10_000;
    long done = 0;
    Step nothing = () -> {};
    List<Step> bodies = Collections.nCopies(count, nothing);
    while (done < n) {
      peer.goAll(bodies);
      done += count;
    }
    return done;
  }

  /** Eight contenders count under a lock. */
  private @Nullable Body mutex() {
    int contenders = 8;
    Guard guard = peer.mutex();
    if (guard == null) {
      return null;
    }
    return n -> {
      long each = (n + contenders - 1) / contenders;
      long[] counter = new long[1];
      peer.goAll(
          Collections.nCopies(
              contenders,
              () -> {
                for (long i = 0; i < each; i++) {
                  guard.lock();
                  counter[0]++;
                  guard.unlock();
                }
              }));
      check(counter[0], contenders * each);
      return contenders * each;
    };
  }

  private static <T> T have(@Nullable T there) {
    if (there == null) {
      throw new IllegalStateException("it was there when it was first asked for");
    }
    return there;
  }
}
