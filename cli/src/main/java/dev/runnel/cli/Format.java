package dev.runnel.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A form in which digests are written. */
@FunctionalInterface
interface Format {

  /**
   * Writes digests.
   *
   * @param sums the digests, sorted
   * @param out where to
   * @throws IOException if that is not possible
   */
  void write(List<Sum> sums, OutputStream out) throws IOException;
}
