package dev.runnel.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.race.programs.Saved;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that put the rewriting of classes to the test. */
class RobustTest {
  @TempDir private Path dir;

  private static String counter(String in) {
    return """
    package %s;
    public class Counter {
      protected int count;
      public static long all;
      public final Object lock = new Object();
      public void inc() { count++; all++; }
    }
    """
        .formatted(in);
  }

  /** Two threads use a counter; in the ordered program, in turn. */
  private static String main(String in, String counterIn) {
    return """
    package %s;
    public class Main extends %s.Counter {
      public static void main(String[] args) throws Exception {
        Main shared = new Main();
        Object lock = args[0].equals("ordered") ? shared.lock : new Object();
        Runnable one = () -> { synchronized (shared.lock) { shared.count++; shared.inc(); } };
        Runnable two = () -> { synchronized (lock) { shared.count++; shared.inc(); } };
        Thread t = Thread.ofVirtual().start(one);
        two.run();
        t.join();
        System.out.println("ran to its end");
      }
    }
    """
        .formatted(in, counterIn);
  }

  private static void judge(Agents.Outcome outcome, boolean racing, String variable) {
    assertThat(outcome.output()).contains("ran to its end");
    if (racing) {
      assertThat(outcome.output()).contains("WARNING: DATA RACE", " of " + variable + " by ");
    } else {
      assertThat(outcome.output()).isEqualTo("ran to its end" + System.lineSeparator());
    }
    assertThat(outcome.status()).isEqualTo(racing ? 66 : 0);
  }

  /** Named modules, which neither export their packages to the detector nor read it. */
  @Test
  void modules() throws Exception {
    new Sources(dir)
        .add("a/module-info.java", "module a { exports a; }")
        .add("a/a/Counter.java", counter("a"))
        .compile("modules/a");
    new Sources(dir)
        .add("b/module-info.java", "module b { requires a; }")
        .add("b/b/Main.java", main("b", "a"))
        .compile("modules/b", "-p", dir.resolve("modules").toString());
    for (String kind : new String[] {"ordered", "racing"}) {
      Agents.Outcome outcome =
          Agents.run("", "-p", dir.resolve("modules").toString(), "-m", "b/b.Main", kind);
      judge(outcome, kind.equals("racing"), "Counter.count");
    }
  }

  /** A program that is compiled as it is started. */
  @Test
  void sourceLauncher() throws Exception {
    Path file =
        Files.writeString(
            dir.resolve("Main.java"),
            """
            static int count;
            void main(String[] args) throws Exception {
              Thread t = new Thread(() -> count++);
              t.start();
              if (args[0].equals("ordered")) t.join();
              count++;
              t.join();
              IO.println("ran to its end");
            }
            """);
    for (String kind : new String[] {"ordered", "racing"}) {
      judge(Agents.run("", file.toString(), kind), kind.equals("racing"), "Main.count");
    }
  }

  /** Too long to be checked, which is said; the rest of its class is. */
  @Test
  void methodsThatAreTooLong() throws Exception {
    Agents.Outcome outcome = huge("int", "static int big; static int seen;", "big++; ", 2_500);
    assertThat(outcome.output())
        .contains("runnel-race: Huge.huge is too long to be checked", "of Huge.count by ")
        .doesNotContain("of Huge.big ");
    assertThat(outcome.status()).isEqualTo(66);
  }

  /** So long that nothing can be put into it. */
  @Test
  void methodsThatWouldBecomeTooLong() throws Exception {
    Agents.Outcome outcome =
        huge("int", "static volatile int big; static int seen;", "seen = big; ", 9_000);
    assertThat(outcome.output())
        .contains("runnel-race: Huge.huge is too long to be followed", "of Huge.count by ")
        .doesNotContain(" of Huge.seen ");
    assertThat(outcome.status()).isEqualTo(66);
  }

  /** By what it does with volatile fields and locks, threads are ordered all the same. */
  @Test
  void methodsThatAreTooLongOrder() throws Exception {
    Agents.Outcome outcome =
        run(
            """
            class Huge {
              static volatile boolean done;
              static int count, big, guarded, held;
              static final Object LOCK = new Object();
              static void publish() { MUCH done = true; }
              static void await() { while (!done) Thread.onSpinWait(); MUCH }
              static void guard() { synchronized (LOCK) { MUCH inGuard(); } }
              static synchronized void hold() { MUCH inHold(); }
              static void inc() { count++; }
              static void inGuard() { guarded++; }
              static void inHold() { held++; }
            }
            """
                .replace("MUCH", "big++; ".repeat(2_500)),
            """
            Runnable one = () -> { Huge.inc(); Huge.publish(); Huge.guard(); Huge.hold(); };
            Runnable two = () -> { Huge.await(); Huge.inc(); Huge.guard(); Huge.hold(); };
            """);
    assertThat(outcome.output())
        .contains("Huge.publish is too long to be checked", "ran to its end")
        .contains("Huge.await is too long", "Huge.guard is too long", "Huge.hold is too long")
        .doesNotContain("DATA RACE");
    assertThat(outcome.status()).isZero();
  }

  /** With what is put in, a jump over it takes more bytes than a short one has. */
  @Test
  void longJumps() throws Exception {
    Agents.Outcome outcome =
        run(
            """
            class Huge {
              int early, count;
              Huge(int[] all, java.util.List<Object> list) {
                early = 1;
                super();
                if (list != null) { MUCH list.add(this); }
              }
              void inc(int[] all, java.util.List<Object> list) {
                if (list != null) { MUCH synchronized (this) { list.add(this); } count++; }
              }
            }
            """
                .replace("MUCH", "all[1]++; ".repeat(1_400)),
            """
            List<Object> list = new LinkedList<>();
            int[] all = new int[2];
            Huge huge = new Huge(all, list);
            Runnable one = () -> huge.inc(all, list);
            Runnable two = one;
            """);
    assertThat(outcome.output())
        .contains("ran to its end", "of Huge.count by ")
        .doesNotContain("is left out", "too long", "LinkedList");
    assertThat(outcome.status()).isEqualTo(66);
  }

  /** A map may outlive what has been a key in it. */
  @Test
  void keysCanBeUnloaded() throws Exception {
    Agents.Outcome outcome = Agents.run("", "dev.runnel.race.programs.Unloaded");
    assertThat(outcome.output().strip()).isEqualTo("unloaded");
  }

  /** What was written without the detector can be read with it, and the other way round. */
  @Test
  void serialVersionsStay() throws Exception {
    Agents.Outcome outcome = Agents.run("", "dev.runnel.race.programs.Saved");
    assertThat(outcome.output().strip()).isEqualTo(Saved.versions().toString());
  }

  private Agents.Outcome huge(String type, String fields, String statement, int times)
      throws Exception {
    return run(
        "class Huge { static %s count; %s static void huge() { %s } static void inc() { count++; } }"
            .formatted(type, fields, statement.repeat(times)),
        "Runnable one = () -> { Huge.huge(); Huge.inc(); }; Runnable two = one;");
  }

  /** Compiles a class, and runs what is given as the runnables one and two on two threads. */
  private Agents.Outcome run(String huge, String bodies) throws Exception {
    new Sources(dir)
        .add("Huge.java", huge)
        .add(
            "Main.java",
            """
            import java.util.*;
            class Main {
              public static void main(String[] args) throws Exception {
                %s
                Thread t = new Thread(one);
                t.start();
                two.run();
                t.join();
                System.out.println("ran to its end");
              }
            }
            """
                .formatted(bodies))
        .compile("classes");
    return Agents.run("", "-cp", dir.resolve("classes").toString(), "Main");
  }
}
