package dev.runnel.race.programs;

import dev.runnel.race.RaceIgnore;

/** Races on purpose: of the one named in the arguments two threads make use. */
public final class Ignored {
  private static int plain;
  @RaceIgnore private static int field;

  private Ignored() {}

  public static void main(String[] args) throws Exception {
    Pair.Step use =
        switch (args[0]) {
          case "nothing" -> () -> plain++;
          case "field" -> () -> field++;
          case "method" -> Ignored::method;
          case "constructor" -> Made::new;
          case "type" -> () -> new Type().use();
          case "field of a type" -> () -> Type.shared++;
          case "foreign" -> Ignored::foreign;
          default -> throw new IllegalArgumentException(args[0]);
        };
    Pair.both(use, use);
    System.out.println("ran to its end");
  }

  @RaceIgnore
  private static void method() {
    plain++;
  }

  private static final class Made {
    @RaceIgnore
    Made() {
      plain++;
    }
  }

  @RaceIgnore
  private static final class Type {
    static int shared;

    void use() {
      plain++;
    }
  }

  /** Any annotation of that name will do. */
  private static final class Own {
    @interface RaceIgnore {}
  }

  @Own.RaceIgnore
  private static void foreign() {
    plain++;
  }
}
