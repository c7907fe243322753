package dev.runnel.benchmarks.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextReportTest {
  private final Contest contest =
      Contests.round(Contests.of("pair", "new", "old", "go"), 20, 30, 40);

  @Test
  void theFirstIsDividedByEachOther() {
    assertThat(new TextReport(List.of(contest), null).toString())
        .containsPattern("pair +new +20\\.0")
        .containsPattern("old +30\\.0 .* 0\\.67\\n")
        .contains("geometric mean of new / go: 0.50\n");
  }

  @Test
  void eachIsDividedByTheBase() {
    assertThat(new TextReport(List.of(contest), "go").toString())
        .containsPattern("new +20\\.0 .* 0\\.50\\n")
        .containsPattern("old +30\\.0 .* 0\\.75\\n")
        .contains("geometric mean of old / go: 0.75\n")
        .doesNotContain("of go / go");
  }
}
