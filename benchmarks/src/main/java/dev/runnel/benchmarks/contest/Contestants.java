package dev.runnel.benchmarks.contest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part.
 *
 * @param asked those asked for by name; empty: to each workload those of its group
 * @param known all that are here
 * @param further those that take part in everything, after the others
 */
record Contestants(List<String> asked, Map<String, Contestant> known, List<String> further) {

  /** All that there are without builds of one's own. */
  static final List<String> ALL = List.of("runnel", "go", "kotlin", "jox", "juc", "park");

  private static final String GO = "go";
  private static final String RUNNEL = "runnel";

  /**
   * Finds them. Whoever is not here is named on standard error, and does not take part.
   *
   * @param module this module's folder
   * @param asked the names of those that are to take part; empty: see above
   * @param options JVM options for all on the JVM
   * @param builds further builds of Runnel's core by name; one that has a peer's name takes its
   *     place
   * @param variants further JVM options for Runnel by name
   */
  static Contestants find(
      Path module,
      List<String> asked,
      List<String> options,
      Map<String, Path> builds,
      Map<String, String> variants)
      throws IOException, InterruptedException {
    Path core = module.resolve("target/lib/runnel-core.jar");
    Jvm jvm = new Jvm(module, options);
    Map<String, Path> all = new LinkedHashMap<>(builds);
    variants.keySet().forEach(name -> all.putIfAbsent(name, core));
    Map<String, Contestant> known = new LinkedHashMap<>();
    for (Map.Entry<String, Path> build : all.entrySet()) {
      String name = build.getKey();
      List<String> own = Bench.words(variants.getOrDefault(name, ""));
      known.put(name, jvm.contestant(name, RUNNEL, build.getValue().toAbsolutePath(), own));
    }
    for (String name : asked.isEmpty() ? ALL : asked) {
      if (name.equals(GO)) {
        Contestant go = go(module);
        if (go != null) {
          known.putIfAbsent(GO, go);
        }
      } else if (!known.containsKey(name)) {
        known.put(name, jvm.contestant(name, name, core, List.of()));
      }
    }
    List<String> further =
        all.keySet().stream()
            .filter(name -> !asked.contains(name))
            .filter(name -> !ALL.contains(name))
            .toList();
    return new Contestants(asked, known, further);
  }

  private static @Nullable Contestant go(Path module) throws IOException, InterruptedException {
    Contestant go = GoProgram.contestant(module);
    if (go == null) {
      System.err.println(
          "runnel bench: there is no Go 1.23 or later here, so Go does not take part;"
              + " ./runnel bench --help says how to get it.");
    }
    return go;
  }

  /**
   * Those that run a workload, in order.
   *
   * @param workload the workload
   * @param carriers how many threads of the system carry goroutines, where the workload does not
   *     say; null: as they see fit
   */
  List<Contestant> of(Workload workload, @Nullable Integer carriers) {
    Integer own = workload.carriers();
    List<Contestant> those = new ArrayList<>();
    Stream.concat((asked.isEmpty() ? workload.peers() : asked).stream(), further.stream())
        .flatMap(name -> Stream.ofNullable(known.get(name)))
        .forEach(contestant -> those.add(contestant.on(own == null ? carriers : own)));
    return those;
  }

  /** Whether one that would take part by itself is not here. */
  boolean lacks(String name) {
    return !known.containsKey(name);
  }
}
