package dev.runnel.benchmarks.contest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part.
 *
 * @param asked those asked for by name; empty: to each workload those of its group
 * @param known all that are here
 * @param further those that take part in everything, beside the others
 */
record Contestants(List<String> asked, Map<String, Contestant> known, List<Contestant> further) {

  /** All that there can be. */
  static final List<String> ALL = List.of("runnel", "go", "kotlin", "jox", "juc", "park");

  private static final String GO = "go";

  /**
   * Finds them. Whoever is not here is named on standard error, and does not take part.
   *
   * @param module this module's folder
   * @param asked the names of those that are to take part; empty: see above
   * @param options JVM options for all on the JVM
   * @param carriers how many threads of the system carry goroutines; null: as they see fit
   * @param builds further builds of Runnel's core by name
   * @param variants further JVM options for Runnel by name
   */
  static Contestants find(
      Path module,
      List<String> asked,
      List<String> options,
      @Nullable Integer carriers,
      Map<String, Path> builds,
      Map<String, String> variants)
      throws IOException, InterruptedException {
    Path core = module.resolve("target/lib/runnel-core.jar");
    Jvm jvm = new Jvm(module, options, carriers);
    Map<String, Contestant> known = new LinkedHashMap<>();
    for (String name : asked.isEmpty() ? ALL : asked) {
      if (!name.equals(GO)) {
        known.put(name, jvm.contestant(name, name, core, List.of()));
        continue;
      }
      Contestant go = GoProgram.contestant(module, carriers);
      if (go == null) {
        System.err.println(
            "runnel bench: there is no Go 1.23 or later here, so Go does not take part;"
                + " ./runnel bench --help says how to get it.");
      } else {
        known.put(name, go);
      }
    }
    Map<String, Path> all = new LinkedHashMap<>(builds);
    variants.keySet().forEach(name -> all.putIfAbsent(name, core));
    List<Contestant> further = new ArrayList<>();
    for (Map.Entry<String, Path> build : all.entrySet()) {
      List<String> own = Bench.words(variants.getOrDefault(build.getKey(), ""));
      further.add(jvm.contestant(build.getKey(), "runnel", build.getValue().toAbsolutePath(), own));
    }
    return new Contestants(asked, known, further);
  }

  /** Those that run the workloads of a group, in order. */
  List<Contestant> of(Group group) {
    List<Contestant> those = new ArrayList<>();
    for (String name : asked.isEmpty() ? group.peers() : asked) {
      Contestant contestant = known.get(name);
      if (contestant != null) {
        those.add(contestant);
      }
    }
    those.addAll(further);
    return those;
  }

  /** Whether one that would take part by itself is not here. */
  boolean lacks(String name) {
    return !known.containsKey(name);
  }
}
