package dev.runnel.race.guide;

import dev.runnel.race.RaceIgnore;

/** The guide's race on purpose. */
@SuppressWarnings("EqualsHashCode") // only the hash matters here
final class Names {
  private Names() {}

  public static void main(String[] args) throws InterruptedException {
    Name name = new Name("x");
    Thread one = Thread.ofPlatform().start(() -> hash(name));
    Thread two = Thread.ofPlatform().start(() -> hash(name));
    one.join();
    two.join();
    System.out.println("hashed");
  }

  private static void hash(Name name) {
    if (name.hashCode() == 0) {
      System.out.println("never");
    }
  }
}

// @start region="ignored"
final class Name {
  private final String text;
  @RaceIgnore private int hash; // each thread computes the same, and an int never tears

  Name(String text) {
    this.text = text;
  }

  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      hash = h = text.hashCode();
    }
    return h;
  }
}
// @end
