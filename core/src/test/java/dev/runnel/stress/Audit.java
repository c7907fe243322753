package dev.runnel.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Compares what was sent with what was received: nothing lost but what channels say they dropped,
 * nothing doubled, nothing received unsent.
 */
final class Audit {
  private Audit() {}

  /** Checks books, numbered from 0 as their workers are. Gives how many values were sent. */
  static int check(List<Book> books) {
    return check(books, 0);
  }

  /** Checks books in which so many values are missing, because channels dropped them. */
  static int check(List<Book> books, long dropped) {
    List<BitSet> missing = new ArrayList<>();
    int total = 0;
    for (Book book : books) {
      missing.add((BitSet) book.sentCounts().clone());
      total += book.sentCounts().cardinality();
    }
    List<String> wrong = new ArrayList<>();
    for (Book book : books) {
      for (int value : book.receivedValues()) {
        int sender = Book.senderOf(value);
        int count = Book.countOf(value);
        if (missing.get(sender).get(count)) {
          missing.get(sender).clear(count);
        } else if (books.get(sender).sentCounts().get(count)) {
          wrong.add("received twice: " + Book.name(value));
        } else {
          wrong.add("received though its send gave up: " + Book.name(value));
        }
      }
    }
    List<String> lost = new ArrayList<>();
    for (int sender = 0; sender < missing.size(); sender++) {
      int worker = sender;
      missing.get(sender).stream()
          .forEach(count -> lost.add("lost: value " + count + " of worker " + worker));
    }
    if (lost.size() != dropped) {
      wrong.add(dropped + " values were dropped, but " + lost.size() + " are missing");
      wrong.addAll(lost);
    }
    assertThat(wrong).as("errors among %s values", total).isEmpty();
    return total;
  }
}
