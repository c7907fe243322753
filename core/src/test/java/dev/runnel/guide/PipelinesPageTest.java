package dev.runnel.guide;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Context;
import dev.runnel.pattern.Backoff;
import dev.runnel.pattern.Feed;
import dev.runnel.pipeline.Bytes;
import dev.runnel.pipeline.Pipeline;
import dev.runnel.pipeline.PipelineException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chapter about pipelines. */
class PipelinesPageTest extends Page {
  private final Context ctx = Context.background();

  @TempDir private Path dir;

  @Test
  void pipeline() throws Exception {
    // @start region="pipeline"
    List<String> pages =
        Pipeline.iterate(1, n -> n + 1) // without end: take stops it
            .map(n -> "page " + n)
            .mapParallel(8, page -> fetch(page)) // eight at a time, in order
            .filter(page -> !page.contains("4"))
            .take(4)
            .toList(ctx); // only now anything runs
    // @end
    assertThat(pages).containsExactly("<page 1>", "<page 2>", "<page 3>", "<page 5>");
  }

  @Test
  void failure() throws Exception {
    // @start region="failure"
    try {
      Pipeline.of("a", "", "b")
          .map(url -> fetch(url))
          .named("download")
          .forEach(page -> print(page), ctx);
    } catch (PipelineException e) {
      print(e.stage() + ": " + e.getCause().getMessage()); // download: no address
    }
    // @end
    assertPrinted("<a>", "download: no address");
  }

  @Test
  void sources() throws Exception {
    // @start region="sources"
    Pipeline<Integer> emitted =
        Pipeline.emit(out -> {
          for (int n = 1; out.emit(n); n++) {} // until no more is wanted
        });
    Pipeline<Integer> sent = Pipeline.produce(out -> out.sendAll(List.of(10, 20, 30)));
    print(emitted.zip(sent, Integer::sum).toList(ctx)); // [11, 22, 33]
    // @end
    assertPrinted("[11, 22, 33]");
  }

  @Test
  void feed() throws Exception {
    // @start region="feed"
    try (Feed<Integer> feed = Pipeline.range(0, 1_000_000).map(n -> n * n).start(10, ctx)) {
      for (int square : feed) {
        if (square > 50) {
          break;
        }
        print(square);
      }
    } // the run has ended
    // @end
    assertPrinted(0, 1, 4, 9, 16, 25, 36, 49);
  }

  @Test
  void groups() throws Exception {
    // @start region="groups"
    Pipeline.of("go 1", "java 2", "go 3")
        .groupBy(
            10, // at a time
            line -> line.substring(0, line.indexOf(' ')),
            (key, lines) ->
                lines.scan(0, (count, _) -> count + 1).takeLast(1).map(n -> key + ": " + n))
        .forEach(count -> print(count), ctx); // go: 2, java: 1
    // @end
    assertPrintedInAnyOrder("go: 2", "java: 1");
  }

  @Test
  void again() throws Exception {
    // @start region="again"
    Pipeline<String> page =
        Pipeline.of("")
            .map(url -> fetch(url))
            .retry(3, Backoff.exponential(ofMillis(1), ofMillis(10)))
            .recover(IOException.class, e -> "instead: " + e.getMessage());
    print(page.single(ctx));
    // @end
    assertPrinted("instead: no address");
  }

  @Test
  void text() throws Exception {
    Path file = Files.writeString(dir.resolve("text"), "a\nbbb\ncc\n");
    // @start region="text"
    int longest =
        Bytes.read(file)
            .via(Bytes::decodeUtf8)
            .via(Bytes::lines)
            .map(line -> line.length())
            .gather(Gatherers.scan(() -> 0, (most, length) -> Math.max(most, length)))
            .last(ctx)
            .orElse(0);
    // @end
    assertThat(longest).isEqualTo(3);
  }

  /** What the table names in its last column exists, and all that exists is named there. */
  @Test
  void theTableKnowsAllOperators() throws Exception {
    List<String> ours =
        Files.readAllLines(Path.of("../docs/guide.md")).stream()
            .dropWhile(line -> !line.startsWith("### Coming from Jox"))
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.startsWith("| ") && line.split("\\|", -1).length == 6)
            .map(line -> line.split("\\|", -1)[4])
            .toList();
    assertThat(ours).hasSizeGreaterThan(60);
    Set<String> named =
        ours.stream()
            .flatMap(
                cell -> Pattern.compile("`(?:Bytes\\.)?([a-z]\\w*)[`(]").matcher(cell).results())
            .map(found -> found.group(1))
            .collect(Collectors.toSet());
    Set<String> existing =
        Stream.of(Pipeline.class, Bytes.class)
            .flatMap(type -> Stream.of(type.getMethods()))
            .filter(method -> method.getDeclaringClass() != Object.class)
            .map(Method::getName)
            .collect(Collectors.toSet());
    Set<String> besides = Set.of("named", "via", "stream", "groupingBy");
    assertThat(named)
        .as("named")
        .isSubsetOf(Stream.concat(existing.stream(), besides.stream()).toList());
    assertThat(existing)
        .as("existing")
        .isSubsetOf(Stream.concat(named.stream(), besides.stream()).toList());
  }
}
