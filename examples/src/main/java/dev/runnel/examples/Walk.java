package dev.runnel.examples;

import dev.runnel.Context;
import dev.runnel.Handler;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/**
 * Finds the regular files below a directory, as {@code find -type f} does: symbolic links are not
 * followed, and what can't be read is reported and passed by. Remembers nothing but the directories
 * yet to be listed; the files of a directory come before those of its subdirectories.
 */
final class Walk {
  private final Deque<Path> directories = new ArrayDeque<>();
  private final Handler<? super Path> found;
  private final Handler<? super Outcome> unreadable;

  private Walk(Handler<? super Path> found, Handler<? super Outcome> unreadable) {
    this.found = found;
    this.unreadable = unreadable;
  }

  /**
   * Walks a tree.
   *
   * @param dir its root; may be a symbolic link to it
   * @param ctx ends the walk early
   * @param found gets each regular file
   * @param unreadable gets what can't be read
   * @throws dev.runnel.ContextException if the context has ended or ends
   * @throws InterruptedException if a handler throws it
   */
  static void files(
      Path dir, Context ctx, Handler<? super Path> found, Handler<? super Outcome> unreadable)
      throws InterruptedException {
    Walk walk = new Walk(found, unreadable);
    walk.directories.push(dir);
    while (!walk.directories.isEmpty()) {
      walk.list(walk.directories.pop(), ctx);
    }
  }

  private void list(Path directory, Context ctx) throws InterruptedException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        ctx.check();
        visit(entry);
      }
    } catch (DirectoryIteratorException e) {
      unreadable.handle(new Outcome.Unreadable(directory, Objects.requireNonNull(e.getCause())));
    } catch (IOException e) {
      unreadable.handle(new Outcome.Unreadable(directory, e));
    }
  }

  private void visit(Path entry) throws InterruptedException {
    BasicFileAttributes attributes;
    try {
      attributes =
          Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      unreadable.handle(new Outcome.Unreadable(entry, e));
      return;
    }
    if (attributes.isDirectory()) {
      directories.push(entry);
    } else if (attributes.isRegularFile()) {
      found.handle(entry);
    }
  }
}
