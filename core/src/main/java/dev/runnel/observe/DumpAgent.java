package dev.runnel.observe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Takes a dump of the goroutines of a program that runs, from outside and without preparation:
 *
 * <pre>
 * jcmd PID JVMTI.agent_load /path/to/runnel-core.jar
 * jcmd PID JVMTI.agent_load /path/to/runnel-core.jar /tmp/goroutines.txt
 * jcmd PID JVMTI.agent_load /path/to/runnel-core.jar /tmp/goroutines.json
 * </pre>
 *
 * <p>It is the agent of Runnel's own jar, loads nothing and leaves nothing behind; but the JVM
 * warns of every agent that is loaded so, unless it runs with {@code
 * -XX:+EnableDynamicAgentLoading}. What is found is said at {@link Goroutines}.
 *
 * <p>Origin in Go: {@code kill -QUIT}, which also ends the program there.
 */
public final class DumpAgent {

  private DumpAgent() {}

  /**
   * Writes the dump, and the deadlocks of locks behind it. Called by the JVM.
   *
   * @param file the absolute path of a file to write to, which must not be there yet: JSON if its
   *     name ends in {@code .json}, else text; null or empty for text to standard error
   * @throws IllegalArgumentException if the path is not absolute
   * @throws IOException if the file can't be written
   */
  public static void agentmain(@Nullable String file) throws IOException {
    GoroutineDump dump = Goroutines.dump();
    if (file == null || file.isEmpty()) {
      System.err.print(text(dump));
      System.err.flush();
      return;
    }
    Path path = Path.of(file);
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException(
          file + " is no absolute path, and whose folder would it be in?");
    }
    boolean json = file.endsWith(".json");
    Files.writeString(
        path, json ? dump.toJson() + "\n" : text(dump), StandardOpenOption.CREATE_NEW);
  }

  static String text(GoroutineDump dump) {
    StringBuilder text = new StringBuilder("goroutine dump: ");
    text.append(dump.goroutines().size()).append(" found\n\n").append(dump);
    for (LockDeadlock deadlock : LockDeadlock.find()) {
      text.append("\na deadlock of locks:\n").append(deadlock);
    }
    return text.toString();
  }
}
