package dev.runnel.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Puts things into messages for people. */
final class Shown {

  private Shown() {}

  /**
   * A path.
   *
   * @param path the path
   * @return the path as a terminal can take it
   */
  static String path(Path path) {
    return text(path.toString());
  }

  /**
   * A text from outside.
   *
   * @param text the text
   * @return the text with a question mark in the place of each control character, which could make
   *     the terminal do things, or two lines of one
   */
  static String text(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  /**
   * Why something can't be read or written.
   *
   * @param e the exception
   * @return the reason, without the path
   */
  static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied";
      case NoSuchFileException gone -> "no such file";
      case FileSystemException f when f.getReason() != null -> text(f.getReason());
      default -> text(e.getMessage() == null ? e.toString() : e.getMessage());
    };
  }
}
