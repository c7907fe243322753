package dev.runnel.examples;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.ErrGroup;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Digests a tree of files with a bounded, cancellable pipeline: one goroutine walks the tree, some
 * hash what it finds, and the caller collects.
 *
 * <p>Bounded: the channels hold a few hundred items, so the walk waits for the workers and the
 * workers wait for the collector. Cancellable: when the context ends, whoever waits at a channel is
 * interrupted, whoever hashes stops at the next buffer, and nothing is left running.
 */
public final class Digest {

  /** What a channel holds: little memory, and enough that most sends need not wake anybody. */
  private static final int ROOM = 256;

  private Digest() {}

  /**
   * Digests the regular files below a directory, several at a time.
   *
   * @param dir the directory
   * @param workers how many goroutines hash, at least 1
   * @param read counts the bytes as they are read
   * @param ctx ends the work early
   * @param each gets every outcome, in no particular order, on the calling thread; also what was
   *     done before the context ended
   * @throws ContextException if the context ended before everything was done
   * @throws ExecutionException if a goroutine failed, which a file that can't be read does not mean
   * @throws InterruptedException if the calling thread is interrupted
   */
  // @start region="digest"
  public static void parallel(
      Path dir, int workers, LongAdder read, Context ctx, Consumer<Outcome> each)
      throws InterruptedException, ExecutionException {
    Chan<Outcome> outcomes = Chan.buffered(ROOM);
    try (var group = ErrGroup.open(ctx)) {
      group.go(() -> {
        try {
          digest(dir, workers, read, outcomes);
        } finally {
          outcomes.close(); // all its senders have ended
        }
      });
      outcomes.receiveEach(each::accept);
      group.await(); // throws if that was not all
    }
  }

  private static void digest(Path dir, int workers, LongAdder read, Chan<Outcome> outcomes)
      throws InterruptedException, ExecutionException {
    Chan<Path> files = Chan.buffered(ROOM);
    try (var group = ErrGroup.open()) {
      Context ctx = group.context();
      group.go(() -> files.closeAfter(() -> Walk.files(dir, ctx, files::send, outcomes::send)));
      for (int i = 0; i < workers; i++) {
        group.go(() -> {
          Hasher hasher = new Hasher(read);
          for (Path file : files) {
            outcomes.send(hasher.hash(file, ctx));
          }
        });
      }
      group.await();
    }
  }

  // @end

  /**
   * Digests the same files on the calling thread alone, for comparison.
   *
   * @param dir the directory
   * @param read counts the bytes as they are read
   * @param ctx ends the work early
   * @param each gets every outcome
   * @throws ContextException if the context ended before everything was done
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static void sequential(Path dir, LongAdder read, Context ctx, Consumer<Outcome> each)
      throws InterruptedException {
    Hasher hasher = new Hasher(read);
    Walk.files(dir, ctx, file -> each.accept(hasher.hash(file, ctx)), each::accept);
  }
}
