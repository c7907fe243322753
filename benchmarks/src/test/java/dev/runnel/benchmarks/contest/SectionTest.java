package dev.runnel.benchmarks.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SectionTest {
  @TempDir private Path folder;

  @Test
  void whatPeopleWroteAroundItStays() throws IOException {
    Path page = folder.resolve("page.md");
    Files.writeString(page, "above\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nbelow\n");

    Section.write(page, "first\n");
    Section.write(page, "new\n");

    assertThat(page)
        .hasContent("above\n<!-- bench: begin -->\n\nnew\n\n<!-- bench: end -->\nbelow\n");
  }

  @Test
  void aPageWithoutMarksIsLeftAlone() throws IOException {
    Path page = folder.resolve("page.md");
    Files.writeString(page, "all by hand\n");

    assertThatThrownBy(() -> Section.write(page, "new\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bench: begin");
    assertThat(page).hasContent("all by hand\n");
  }

  @Test
  void thePageOfThisModuleHasItsMarks() throws IOException {
    Path page = folder.resolve("RESULTS.md");
    Files.copy(Path.of("RESULTS.md"), page);

    Section.write(page, "new\n");

    assertThat(Files.readString(page)).contains("<!-- bench: begin -->\n\nnew\n");
  }
}
