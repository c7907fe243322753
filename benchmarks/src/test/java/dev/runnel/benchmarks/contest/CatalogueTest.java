package dev.runnel.benchmarks.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final int PROCESSORS = 2;

  @Test
  void namesAreUnique() {
    assertThat(Catalogue.ALL).extracting(Workload::name).doesNotHaveDuplicates();
  }

  @Test
  void aBeginningMeansThoseOfTheStandard() {
    assertThat(meantBy("1to1*")).containsExactly("1to1", "1to1-b100");
    assertThat(meantBy("busy-*"))
        .contains("busy-1to1", "busy-chain-100")
        .doesNotContain("busy-pool");
  }

  @Test
  void aNameMeansAlsoWhatRunsOnlyWhenItIsNamed() {
    assertThat(meantBy("busy-pool")).containsExactly("busy-pool");
    assertThat(meantBy("two-1to1")).containsExactly("two-1to1");
  }

  @Test
  void whatSeveralWordsMeanRunsOnceInTheOrderOfTheReport() {
    assertThat(meantBy("pair", "1to1-b100", "1to1*")).containsExactly("pair", "1to1", "1to1-b100");
  }

  @Test
  void aWordThatMeansNothingIsRefused() {
    assertThatThrownBy(() -> Catalogue.meantBy(List.of("pair", "2to2"), PROCESSORS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2to2");
  }

  @Test
  void aQuickRunLeavesOutTheMillions() {
    assertThat(Catalogue.standard(false, PROCESSORS)).contains(Contests.workload("parked-1m"));
    assertThat(Catalogue.standard(true, PROCESSORS))
        .contains(Contests.workload("parked"), Contests.workload("beside-4to4"))
        .doesNotContain(
            Contests.workload("parked-1m"),
            Contests.workload("busy-4to4"),
            Contests.workload("beside-pool"));
  }

  @Test
  void twoCarriersAreWorthARunWhereThatIsNotWhatThereIsAnyway() {
    assertThat(Catalogue.standard(false, 2)).doesNotContain(Contests.workload("two-1to1"));
    assertThat(Catalogue.standard(false, 64)).contains(Contests.workload("two-1to1"));
  }

  private static List<String> meantBy(String... words) {
    return Catalogue.meantBy(List.of(words), PROCESSORS).stream().map(Workload::name).toList();
  }
}
