package dev.runnel.field;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs the race detector over libraries of others: {@code ./runnel race --field [--seconds N]
 * [LIBRARY...]}. Each program runs in a JVM of its own; its races are written to {@code
 * race-field/target/reports}. The exit status is 0 if all have been judged before, 66 if there is a
 * new one, 1 if a program failed.
 */
public final class Field {
  private static final int MOST_SECONDS = 300;
  private static final int RACES = 66;
  private static final String USAGE =
      "usage: ./runnel race --field [--seconds N] [LIBRARY...]; libraries: ";

  private final Path home;
  private final Path reports;
  private final List<Path> jars;
  private final Judgements judgements;
  private final int seconds;

  private Field(Path home, int seconds) throws IOException {
    this.home = home;
    this.seconds = seconds;
    this.reports = Files.createDirectories(home.resolve("race-field/target/reports"));
    this.judgements = Judgements.read(home.resolve("race-field/judged.txt"));
    try (Stream<Path> all = Files.list(home.resolve("race-field/target/lib"))) {
      this.jars = all.sorted().toList();
    }
  }

  /**
   * Runs it.
   *
   * @param args libraries; none for all
   * @throws IOException if a report can't be written or read
   * @throws InterruptedException if interrupted while a program runs
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> names = new ArrayList<>(List.of(args));
    int seconds = 3;
    if (names.size() > 1 && names.get(0).equals("--seconds") && names.get(1).matches("[1-9]\\d?")) {
      seconds = Integer.parseInt(names.get(1));
      names = names.subList(2, names.size());
    }
    List<String> known = Library.ALL.stream().map(Library::name).toList();
    if (!known.containsAll(names)) {
      System.err.println(USAGE + String.join(" ", known));
      System.exit(2);
    }
    Field field = new Field(Path.of(System.getProperty("runnel.home", ".")), seconds);
    int status = 0;
    for (Library library : Library.ALL) {
      if (names.isEmpty() || names.contains(library.name())) {
        int ended = field.run(library);
        status = status == 1 || ended == 1 ? 1 : Math.max(status, ended);
      }
    }
    System.exit(status);
  }

  private int run(Library library) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Path json = reports.resolve(library.name() + ".json");
    Path log = reports.resolve(library.name() + ".log");
    Process process =
        new ProcessBuilder(command(library, json))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended;
    try {
      ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
    } finally {
      process.destroyForcibly();
    }
    long took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    String who =
        String.format(
            Locale.ROOT, "%-17s %-16s %4d s", library.name(), library.version(jars), took);
    int status = ended ? process.exitValue() : -1;
    if (status != 0 && status != RACES) {
      System.out.println(
          who + "  failed: " + (ended ? "status " + status : "too long") + ", " + log);
      return 1;
    }
    Set<String> races = Judgements.variables(json);
    System.out.println(who + "  " + races.size() + " variables");
    boolean anyNew = false;
    for (String variable : races) {
      String verdict = judgements.of(library, variable);
      anyNew |= verdict.equals("new");
      System.out.println("    " + variable + ": " + verdict);
    }
    return anyNew ? RACES : 0;
  }

  private List<String> command(Library library, Path json) {
    Path text = reports.resolve(library.name() + ".txt");
    Path agent = home.resolve("race/target/runnel-race.jar");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1500m", "-XX:-PrintWarnings"));
    command.add("-javaagent:" + agent + "=stacks,log=" + text + ",json=" + json);
    command.add("-Drunnel.field.stage=" + 1_000 * seconds);
    command.addAll(library.jvm());
    Path classes = home.resolve("race-field/target/classes");
    command.addAll(List.of("-cp", classes + ":" + home.resolve("race-field/target/lib") + "/*"));
    command.add("dev.runnel.field.drivers." + library.main().getFirst());
    command.addAll(library.main().subList(1, library.main().size()));
    return command;
  }
}
