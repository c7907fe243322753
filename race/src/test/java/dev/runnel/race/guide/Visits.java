package dev.runnel.race.guide;

import static dev.runnel.Go.go;

import dev.runnel.Goroutine;

/** Two goroutines count in one field, unguarded. */
public final class Visits {
  private Visits() {}

  // @start region="race"
  static int count;

  static void visit() {
    count++;
  }

  public static void main(String[] args) throws InterruptedException {
    Goroutine one = go(() -> visit());
    Goroutine two = go(() -> visit());
    one.join();
    two.join();
    System.out.println("counted");
  }
  // @end
}
