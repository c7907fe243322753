package dev.runnel.soak.mutate;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Breaks a copy of the core in one line after the other, runs tests on each, and prints a table of
 * who noticed. The sources themselves are not touched.
 *
 * <p>{@code Mutate ROOT TEST-CLASSPATH [--check] [--quick] [WORD]}: with a word, only the mutations
 * whose name has it. {@code --check} only tells which mutations fit the sources. {@code --quick}
 * leaves out the run on the unbroken core that comes first.
 */
final class Mutate {
  /** The tests, the quick and exact ones first; a run ends with the first that fails. */
  private static final List<String> TESTS =
      Stream.of(
              "internal.channel.ChannelCoreTest",
              "internal.park.WaitQueueTest",
              "internal.channel.RingTest",
              "ChannelOrderTest",
              "ChannelCloseTest",
              "ChannelInterruptTest",
              "LateInterruptTest",
              "ChannelTimeoutTest",
              "ChannelContextTest",
              "SelectChoiceTest",
              "SelectWaitingTest",
              "ReusableSelectTest",
              "ReceiveUpToTest",
              "ChannelMemoryTest",
              "OverflowPolicyTest",
              "SelectRaceTest",
              "sync.MutexTest",
              "sync.SemaphoreTest",
              "sync.JucLockTest",
              "internal.time.SystemClockTest",
              "internal.channel.ManyWaitersTest",
              "internal.channel.BrokenServerTest",
              "GoroutineTest",
              "linear.LinearizabilityTest#ofRunnelsChannels",
              "DeliveryOrGivingUpTest",
              "HappensBeforeTest",
              "stress.SpinLockStressTest",
              "stress.SelectStormTest",
              "stress.ChannelStressTest",
              "soak.EpochTest")
          .map(test -> "dev.runnel." + test)
          .toList();

  /** The tests for mutations of the patterns. */
  private static final List<String> PATTERN_TESTS =
      Stream.of(
              "internal.channel.LogRingTest",
              "pattern.BroadcasterTest",
              "pattern.BroadcastLogTest",
              "pattern.WorkerPoolTest",
              "pattern.WorkerPoolEndTest",
              "pattern.GeneratorsTest",
              "pattern.RaceTest",
              "pattern.TimeoutsTest",
              "pattern.FanOutTest",
              "pattern.FanInTest",
              "pattern.PatternEndsTest",
              "pattern.PoolExecutorTest",
              "internal.hook.HookedSyncTest")
          .map(test -> "dev.runnel." + test)
          .toList();

  private static final String NOBODY = "**nobody**";
  private static final long MOST_SECONDS = 180;

  private final Path root;
  private final String classPath;
  private final Path work;
  private boolean wrong;

  private Mutate(Path root, String classPath) throws IOException {
    this.root = root;
    this.classPath = classPath;
    this.work = Files.createTempDirectory("runnel-mutate");
  }

  public static void main(String[] args) throws Exception {
    Mutate mutate = new Mutate(Path.of(args[0]), args[1]);
    int survivors;
    try {
      List<String> rest = List.of(args).subList(2, args.length);
      String word = rest.stream().filter(arg -> !arg.startsWith("--")).findFirst().orElse("");
      survivors = mutate.run(word, rest.contains("--check"), rest.contains("--quick"));
    } finally {
      delete(mutate.work);
    }
    System.exit(mutate.wrong ? 2 : survivors > 0 ? 1 : 0);
  }

  private int run(String word, boolean onlyCheck, boolean quick)
      throws IOException, InterruptedException {
    List<Mutation> mutations = new ArrayList<>();
    List<Mutation> all =
        Stream.concat(Mutations.ALL.stream(), PatternMutations.ALL.stream()).toList();
    for (Mutation mutation : all) {
      if (mutation.name().contains(word) && fits(mutation)) {
        mutations.add(mutation);
      }
    }
    if (onlyCheck) {
      System.out.println(mutations.size() + " mutations fit");
      return 0;
    }
    String unbroken = quick ? NOBODY : verdict(null);
    if (!unbroken.equals(NOBODY)) {
      System.out.println("ERROR: without any mutation there is already a failure: " + unbroken);
      wrong = true;
      return 0;
    }
    System.out.println("| mutation | in | noticed by |\n|---|---|---|");
    int survivors = 0;
    int harmless = 0;
    for (Mutation mutation : mutations) {
      String verdict = verdict(mutation);
      if (verdict.equals(NOBODY) && !mutation.harmless().isEmpty()) {
        harmless++;
        verdict = "nobody: " + mutation.harmless();
      } else if (verdict.equals(NOBODY)) {
        survivors++;
      }
      System.out.printf("| %s | %s | %s |%n", mutation.name(), mutation.file(), verdict);
      System.out.flush();
    }
    System.out.printf(
        "%n%d mutations: %d noticed, %d harmless, %d not noticed%n",
        mutations.size(), mutations.size() - survivors - harmless, harmless, survivors);
    return survivors;
  }

  /** Whether its code is there; says so if it is not. */
  private boolean fits(Mutation mutation) throws IOException {
    Path source = source(mutation);
    try {
      mutation.apply(Files.exists(source) ? Files.readString(source) : "");
      return true;
    } catch (IllegalStateException e) {
      System.out.println("ERROR: " + e.getMessage());
      wrong = true;
      return false;
    }
  }

  private Path source(Mutation mutation) {
    return root.resolve("core/src/main/java/dev/runnel/internal")
        .resolve(mutation.file())
        .normalize();
  }

  /** Who notices a mutation; null for none. */
  private String verdict(Mutation mutation) throws IOException, InterruptedException {
    Path classes = work.resolve("classes");
    delete(classes);
    String complaint = compile(mutation, classes);
    if (!complaint.isEmpty()) {
      wrong = true;
      return "ERROR: it does not compile: " + complaint;
    }
    Path log = work.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(tool("java"));
    command.addAll(List.of("-Xms512m", "-Xmx512m", "-cp"));
    command.add(classes + File.pathSeparator + classPath);
    command.add(TestRun.class.getName());
    if (mutation == null || Mutations.ALL.contains(mutation)) {
      command.addAll(TESTS);
    }
    if (mutation == null || PatternMutations.ALL.contains(mutation)) {
      command.addAll(PATTERN_TESTS);
    }
    Process process = start(command, log);
    boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    List<String> lines = Files.readAllLines(log);
    if (!ended) {
      return last(lines, "RUNNING ") + ", which hangs";
    }
    return switch (process.exitValue()) {
      case 0 -> NOBODY;
      case TestRun.NOTICED -> last(lines, "FAILED ");
      default -> {
        wrong = true;
        yield "ERROR: " + String.join(" ", lines);
      }
    };
  }

  /** Compiles the core with a mutation; gives javac's complaint, or nothing. */
  private String compile(Mutation mutation, Path classes) throws IOException, InterruptedException {
    Path sources = root.resolve("core/src/main/java");
    Path copy = work.resolve("src");
    delete(copy);
    List<String> command =
        new ArrayList<>(List.of(tool("javac"), "-nowarn", "-proc:none", "-d", classes.toString()));
    String jspecify =
        Stream.of(classPath.split(File.pathSeparator))
            .filter(path -> path.contains("jspecify"))
            .findFirst()
            .orElseThrow();
    command.addAll(List.of("--module-path", jspecify));
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Path target = copy.resolve(sources.relativize(file).toString());
        Files.createDirectories(target.getParent());
        String text = Files.readString(file);
        boolean mutated = mutation != null && file.equals(source(mutation));
        Files.writeString(target, mutated ? mutation.apply(text) : text);
        command.add(target.toString());
      }
    }
    Path log = work.resolve("javac.log");
    int status = start(command, log).waitFor();
    return status == 0 ? "" : Files.readString(log).replace('\n', ' ');
  }

  private static Process start(List<String> command, Path log) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  private static String last(List<String> lines, String start) {
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .reduce((_, later) -> later)
        .orElse("a test")
        .substring(start.length());
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      paths
          .sorted(Comparator.reverseOrder())
          .forEach(path -> {
            try {
              Files.delete(path);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
