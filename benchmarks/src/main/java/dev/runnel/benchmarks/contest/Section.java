package dev.runnel.benchmarks.contest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a page that is written by a program, between two marks; the rest is people's. */
final class Section {
  private static final String BEGIN = "<!-- bench: begin -->\n";
  private static final String END = "<!-- bench: end -->\n";

  private Section() {}

  /**
   * Writes it anew.
   *
   * @param page the page
   * @param text what is to stand between the marks
   * @throws IOException if the page can't be read or written, or has no marks
   */
  static void write(Path page, String text) throws IOException {
    String old = Files.readString(page);
    int begin = old.indexOf(BEGIN);
    int end = old.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(page + " lacks the lines " + BEGIN.strip() + " and " + END.strip());
    }
    Files.writeString(
        page, old.substring(0, begin) + BEGIN + "\n" + text + "\n" + old.substring(end));
  }
}
