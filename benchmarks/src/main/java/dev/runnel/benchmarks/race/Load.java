package dev.runnel.benchmarks.race;

import java.io.IOException;
import java.sql.SQLException;

/** Work that can be done over and over, each piece as much as the last. */
interface Load extends AutoCloseable {
  /** Does a piece of it, and throws if what came out is not what must. */
  void piece() throws Exception;

  @Override
  default void close() throws IOException, SQLException {}
}
