package dev.runnel.race.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** All sites, by number. There is room for a million; those beyond are 0, "not known". */
public final class Sites {
  private static final SpinLock LOCK = new SpinLock();
  private static volatile @Nullable Site[] sites = new Site[1024];
  private static int count = 1;

  private Sites() {}

  /**
   * Registers a site.
   *
   * @param className the class it is in, with dots
   * @param method the method
   * @param file the source file; null if not known
   * @param line the line; -1 if not known
   * @param write whether it writes
   * @param target the field; for an element, empty
   * @return its number
   */
  public static int add(
      String className,
      String method,
      @Nullable String file,
      int line,
      boolean write,
      String target) {
    Site site = new Site(className, method, file, line, write, target);
    LOCK.lock();
    try {
      if (count > Stamp.SITE_MASK) {
        return 0;
      }
      @Nullable Site[] s = sites;
      if (count == s.length) {
        s = Arrays.copyOf(s, count * 2);
      }
      s[count] = site;
      sites = s;
      return count++;
    } finally {
      LOCK.unlock();
    }
  }

  static @Nullable Site get(int number) {
    return sites[number];
  }

  static int count() {
    return count - 1;
  }
}
