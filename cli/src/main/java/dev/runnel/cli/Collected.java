package dev.runnel.cli;

import dev.runnel.examples.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** What a digest has brought in so far. Belongs to one thread. */
final class Collected {
  private final Path dir;
  private final List<Sum> sums = new ArrayList<>();
  private final List<Outcome.Unreadable> unreadable = new ArrayList<>();

  /**
   * Creates an empty one.
   *
   * @param dir the tree
   */
  Collected(Path dir) {
    this.dir = dir;
  }

  /**
   * Takes an outcome.
   *
   * @param outcome the outcome
   */
  void add(Outcome outcome) {
    switch (outcome) {
      case Outcome.Digested done ->
          sums.add(new Sum(RawName.of(below(done.file())), done.sha256(), done.bytes()));
      case Outcome.Unreadable failed -> unreadable.add(failed);
    }
  }

  private Path below(Path file) {
    return file.subpath(dir.getNameCount(), file.getNameCount());
  }

  /**
   * The digests.
   *
   * @return the digests, sorted
   */
  List<Sum> sums() {
    Collections.sort(sums);
    return sums;
  }

  /**
   * What could not be read.
   *
   * @return the files and directories, sorted
   */
  List<Outcome.Unreadable> unreadable() {
    unreadable.sort(Comparator.comparing(Outcome::file));
    return unreadable;
  }
}
