package dev.runnel.examples;

import dev.runnel.Chan;
import dev.runnel.ErrGroup;
import dev.runnel.Handler;
import dev.runnel.ReceiveChan;

/**
 * The concurrent prime sieve: a goroutine counts from 2, and for every prime found one more
 * goroutine filters out its multiples. The chain grows at its end, where the next prime comes out.
 *
 * <p>Origin in Go: the prime sieve of its tour and its playground, which leaks the whole chain;
 * here the group ends with the last prime asked for.
 */
public final class PrimeSieve {

  private PrimeSieve() {}

  /**
   * Finds the first primes.
   *
   * @param n how many; none if 0 or less
   * @param each gets them in order
   * @throws InterruptedException if the thread is interrupted, or the handler throws it
   */
  // @start region="sieve"
  public static void first(int n, Handler<Integer> each) throws InterruptedException {
    try (var group = ErrGroup.open()) {
      ReceiveChan<Integer> numbers = countFrom(2, group);
      for (int i = 0; i < n; i++) {
        int prime = numbers.receiveOrThrow();
        each.handle(prime);
        numbers = withoutMultiples(prime, numbers, group);
      }
      group.cancel(); // else they would count and filter for ever
    }
  }

  private static ReceiveChan<Integer> countFrom(int first, ErrGroup group)
      throws InterruptedException {
    Chan<Integer> out = Chan.unbuffered();
    group.go(() -> {
      for (int i = first; ; i++) {
        out.send(i);
      }
    });
    return out;
  }

  private static ReceiveChan<Integer> withoutMultiples(
      int prime, ReceiveChan<Integer> in, ErrGroup group) throws InterruptedException {
    Chan<Integer> out = Chan.unbuffered();
    group.go(() -> {
      for (int i : in) {
        if (i % prime != 0) {
          out.send(i);
        }
      }
    });
    return out;
  }

  // @end

  /**
   * Prints the first primes, one a line.
   *
   * @param args how many; 10 without
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String... args) throws InterruptedException {
    first(args.length == 0 ? 10 : Integer.parseInt(args[0]), System.out::println);
  }
}
