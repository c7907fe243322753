package dev.runnel.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Context;
import dev.runnel.pipeline.Bytes;
import dev.runnel.pipeline.Pipeline;
import dev.runnel.testkit.Accounted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each test holds one snippet of the Javadoc of pipelines, between its region markers. */
@Timeout(60)
@ExtendWith(Accounted.class)
class PipelineSnippetsTest {
  private final Context ctx = Context.background();

  private static String fetch(int page) {
    return "page " + page;
  }

  @Test
  void pipeline() throws Exception {
    // @start region="pipeline"
    List<String> pages =
        Pipeline.iterate(1, n -> n + 1) // without end: take stops it
            .filter(n -> n % 2 == 1)
            .map(n -> fetch(n))
            .named("fetch") // what a failure of this stage tells
            .take(3)
            .toList(ctx); // only now anything runs
    // @end
    assertThat(pages).containsExactly("page 1", "page 3", "page 5");
  }

  @Test
  void bytes() throws Exception {
    Path file = Files.writeString(Files.createTempFile("pipeline", ".txt"), "a\nbb\n");
    // @start region="bytes"
    int longest =
        Bytes.read(file)
            .via(Bytes::decodeUtf8)
            .via(Bytes::lines)
            .map(String::length)
            .fold(0, Math::max, ctx);
    // @end
    assertThat(longest).isEqualTo(2);
    Files.delete(file);
  }
}
