package dev.runnel.race.programs.above;

/** A class of another package, whose superclass only this package can name. */
public class Above extends Hidden {}

/** Its fields are used through {@link Above}. */
class Hidden {
  public static long ofClass;
  protected double ofObject;

  Hidden() {}
}
