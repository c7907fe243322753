package dev.runnel.benchmarks.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContestantsTest {
  @TempDir private Path module;

  private final Workload workload = Contests.workload("1to1");

  @BeforeEach
  void aModuleThatIsBuilt() throws Exception {
    Files.createDirectories(module.resolve("target/lib"));
  }

  @Test
  void furtherBuildsComeAfterThoseThatAreAskedFor() throws Exception {
    Contestants contestants = find(List.of("runnel", "jox"), builds("a", "b"), Map.of());

    assertThat(names(contestants)).containsExactly("runnel", "jox", "a", "b");
  }

  @Test
  void aBuildThatIsAskedForByNameStandsWhereItIsNamed() throws Exception {
    Contestants contestants = find(List.of("b", "jox", "a"), builds("a", "b"), Map.of());

    assertThat(names(contestants)).containsExactly("b", "jox", "a");
  }

  @Test
  void aBuildRunsRunnelsWorkloadsOnItsOwnCore() throws Exception {
    Contestants contestants =
        find(List.of("a"), builds("a"), Map.of("a", "-Done=1 -Dtwo=2", "plain", ""));
    List<Contestant> those = contestants.of(workload, null);

    assertThat(those.getFirst().command())
        .contains("-Done=1", "-Dtwo=2")
        .endsWith("runnel")
        .anyMatch(word -> word.startsWith(module.resolve("a").toString()));
    assertThat(those.getLast().command())
        .endsWith("runnel")
        .anyMatch(word -> word.startsWith(module.resolve("target/lib/runnel-core.jar").toString()));
  }

  @Test
  void aBuildWithAPeersNameTakesItsPlace() throws Exception {
    Contestants contestants = find(List.of("runnel", "park"), builds("park"), Map.of());

    assertThat(names(contestants)).containsExactly("runnel", "park");
    assertThat(contestants.of(workload, null).getLast().command()).endsWith("runnel");
  }

  @Test
  void aWorkloadsOwnNumberOfCarriersWins() throws Exception {
    Contestants contestants = find(List.of("runnel"), Map.of(), Map.of());

    assertThat(contestants.of(workload, 4).getFirst().environment())
        .containsEntry("GOMAXPROCS", "4");
    assertThat(contestants.of(Contests.workload("one-1to1"), 4).getFirst().environment())
        .containsEntry("GOMAXPROCS", "1");
    assertThat(contestants.of(workload, null).getFirst().environment()).isEmpty();
  }

  private Contestants find(
      List<String> asked, Map<String, Path> builds, Map<String, String> variants) throws Exception {
    return Contestants.find(module, asked, List.of(), builds, variants);
  }

  private Map<String, Path> builds(String... names) {
    Map<String, Path> builds = new LinkedHashMap<>();
    for (String name : names) {
      builds.put(name, module.resolve(name));
    }
    return builds;
  }

  private List<String> names(Contestants contestants) {
    return contestants.of(workload, null).stream().map(Contestant::name).toList();
  }
}
