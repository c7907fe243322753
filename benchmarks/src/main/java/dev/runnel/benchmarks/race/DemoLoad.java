package dev.runnel.benchmarks.race;

import dev.runnel.Context;
import dev.runnel.examples.Digest;
import dev.runnel.examples.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** The demo: digests some hundred small files, of a folder made for it. */
final class DemoLoad implements Load {
  private static final int FOLDERS = 10;
  private static final int FILES = 40;
  private static final int BYTES = 4_096;

  private final Path root;

  DemoLoad() throws IOException {
    root = Files.createTempDirectory("runnel-race");
    for (int i = 0; i < FOLDERS; i++) {
      Path folder = Files.createDirectory(root.resolve("folder" + i));
      for (int j = 0; j < FILES; j++) {
        Files.write(folder.resolve("file" + j), new byte[BYTES + i * FILES + j]);
      }
    }
  }

  @Override
  public void piece() throws Exception {
    LongAdder read = new LongAdder();
    long[] bytes = new long[1];
    Digest.parallel(
        root,
        Crew.THREADS,
        read,
        Context.background(),
        outcome -> {
          if (outcome instanceof Outcome.Digested digested) {
            bytes[0] += digested.bytes();
          }
        });
    int all = FOLDERS * FILES;
    Crew.expect((long) all * BYTES + all * (all - 1) / 2, bytes[0]);
    Crew.expect(bytes[0], read.sum());
  }

  @Override
  public void close() throws IOException {
    List<Path> made;
    try (Stream<Path> found = Files.walk(root)) {
      made = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path one : made) {
      Files.delete(one);
    }
  }
}
