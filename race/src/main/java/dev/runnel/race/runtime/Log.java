package dev.runnel.race.runtime;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/** Where all that the detector says goes: standard error, or a file. */
public final class Log {
  private static final ReentrantLock lock = new ReentrantLock();
  private static OutputStream out = new FileOutputStream(FileDescriptor.err);

  private Log() {}

  /**
   * Sends everything to a file from now on.
   *
   * @param file its name
   * @throws IOException if it can't be made
   */
  public static void to(String file) throws IOException {
    out = Files.newOutputStream(Path.of(file));
  }

  /**
   * Says one line.
   *
   * @param message it
   */
  public static void say(String message) {
    print("runnel-race: " + message + System.lineSeparator());
  }

  /** Prints a text in one piece. */
  static void print(String text) {
    ThreadState t = ThreadState.current();
    t.inside++;
    lock.lock();
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      System.err.println("runnel-race: can't write: " + e);
      System.err.print(text);
    } finally {
      lock.unlock();
      t.inside--;
    }
  }
}
