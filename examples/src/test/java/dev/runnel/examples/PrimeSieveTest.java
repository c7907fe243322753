package dev.runnel.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrimeSieveTest {
  private final List<Integer> primes = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 200})
  void findsTheFirstPrimesInOrder(int n) throws InterruptedException {
    PrimeSieve.first(n, primes::add);
    assertThat(primes)
        .containsExactlyElementsOf(
            IntStream.iterate(2, i -> i + 1)
                .filter(i -> IntStream.range(2, i).noneMatch(d -> i % d == 0))
                .limit(n)
                .boxed()
                .toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void noneIsNone(int n) throws InterruptedException {
    PrimeSieve.first(n, primes::add);
    assertThat(primes).isEmpty();
  }

  @Test
  void anInterruptEndsIt() {
    assertThatThrownBy(() ->
            PrimeSieve.first(
                1_000_000,
                prime -> {
                  primes.add(prime);
                  if (prime == 7) {
                    Thread.currentThread().interrupt();
                  }
                }))
        .isInstanceOf(InterruptedException.class);
    assertThat(primes).containsExactly(2, 3, 5, 7);
  }

  @Test
  void printsOneALine() throws InterruptedException {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.US_ASCII));
    try {
      PrimeSieve.main("3");
    } finally {
      System.setOut(console);
    }
    assertThat(printed.toString(StandardCharsets.US_ASCII).lines()).containsExactly("2", "3", "5");
  }
}
