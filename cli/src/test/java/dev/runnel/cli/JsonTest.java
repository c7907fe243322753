package dev.runnel.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./runnel demo --json}, as a program that reads it sees it. */
class JsonTest {
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  @TempDir private Path dir;

  @Test
  void isOneArrayOfObjects() throws IOException {
    new Tree(dir).with("b", "a/c");
    JsonNode sums = demo();
    assertThat(sums.isArray()).isTrue();
    assertThat(sums).hasSize(2);
    JsonNode first = sums.get(0);
    assertThat(first.fieldNames()).toIterable().containsExactly("path", "bytes", "sha256");
    assertThat(first.get("path").textValue()).isEqualTo("a/c");
    assertThat(first.get("bytes").longValue()).isEqualTo(3);
    assertThat(first.get("sha256").textValue()).isEqualTo(Tree.sha256("a/c".getBytes(ISO_8859_1)));
    assertThat(sums.get(1).get("path").textValue()).isEqualTo("b");
  }

  @Test
  void namesComeThroughWhateverIsInThem() throws IOException {
    List<String> names =
        List.of("\u0001\u001f\b\f", "\t\n\r", "\"quoted\"", "\\", "\u007f", "ä€😀\u2028");
    new Tree(dir).with(names.toArray(String[]::new));
    List<String> paths = new ArrayList<>();
    demo().forEach(sum -> paths.add(sum.get("path").textValue()));
    assertThat(paths).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void whatIsNoTextInANameIsReplaced() throws IOException {
    new Tree(dir).with("a\u00ffb".getBytes(ISO_8859_1));
    assertThat(demo().get(0).get("path").textValue()).isEqualTo("a\ufffdb");
  }

  @Test
  void anEmptyTreeIsAnEmptyArray() throws IOException {
    JsonNode sums = demo();
    assertThat(sums.isArray()).isTrue();
    assertThat(sums).isEmpty();
  }

  private JsonNode demo() throws IOException {
    Console console = new Console();
    assertThat(console.run("demo", "--json", dir.toString())).isZero();
    return STRICT.readTree(console.bytes());
  }
}
