package dev.runnel.cli;

import dev.runnel.ErrGroup;
import dev.runnel.Go;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar on a terminal: how many bytes have been read, and of how many once a goroutine
 * that runs ahead has summed up the sizes.
 */
final class Progress implements AutoCloseable {
  private static final Duration TURN = Duration.ofMillis(100);

  private final ErrGroup group = ErrGroup.open();
  private final LongAdder read;
  private final ProgressBar bar;

  /**
   * Shows a bar.
   *
   * @param dir the tree being read
   * @param read counts the bytes
   * @throws InterruptedException if the thread is interrupted
   */
  Progress(Path dir, LongAdder read) throws InterruptedException {
    this.read = read;
    this.bar =
        new ProgressBarBuilder()
            .setTaskName("digesting")
            .setInitialMax(-1)
            .setUnit(" MB", 1_000_000)
            .showSpeed()
            .setStyle(ProgressBarStyle.ASCII)
            .build();
    group.go(() -> bar.maxHint(sizeOf(dir)));
    group.go(this::update);
  }

  private void update() throws InterruptedException {
    while (true) {
      Go.sleep(TURN);
      bar.stepTo(read.sum());
    }
  }

  private long sizeOf(Path dir) throws IOException {
    LongAdder size = new LongAdder();
    Files.walkFileTree(
        dir,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            size.add(attributes.isRegularFile() ? attributes.size() : 0);
            return group.context().err() == null
                ? FileVisitResult.CONTINUE
                : FileVisitResult.TERMINATE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // the digest itself will name it
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    return size.sum();
  }

  /** Brings the bar up to date, and leaves it there. */
  @Override
  public void close() {
    group.cancel();
    group.close();
    bar.stepTo(read.sum());
    bar.close();
  }
}
