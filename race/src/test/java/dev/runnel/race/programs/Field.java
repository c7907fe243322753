package dev.runnel.race.programs;

import dev.runnel.race.RaceIgnore;
import java.util.ArrayList;

/** What libraries that others wrote do, and the detector once took for something else. */
final class Field {
  private Field() {}

  @SuppressWarnings("unused") // a final field, of which what was known is kept
  private static class Part implements Cloneable {
    int number;
    final Object label = new Object();

    Part copy() {
      try {
        return (Part) super.clone();
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static final class Page extends Part {
    int keys;
    long total;

    void use() {
      keys += 0; // not even a write that changes nothing may race
      total += 1;
      number += 1;
    }

    long read() {
      return keys + total + number;
    }
  }

  /** H2's pages are copied before they are written, as others may still read the original. */
  static void copyOfWhatOthersRead(boolean ordered) throws Exception {
    Page page = new Page();
    Pair.both(
        page::read,
        () -> {
          Page copy = (Page) page.copy();
          (ordered ? copy : page).use();
        });
  }

  private static final class Sheet implements Cloneable {
    int lines;

    Sheet copy() {
      try {
        return (Sheet) clone(); // by name, but there is no other than Object's
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static void copyByInheritedMethod(boolean ordered) throws Exception {
    Sheet sheet = new Sheet();
    Pair.inTurn(
        () -> sheet.lines++,
        () -> {
          Sheet copy = sheet.copy();
          (ordered ? copy : sheet).lines++;
        });
  }

  private static final class Sheets extends ArrayList<String> {
    private static final long serialVersionUID = 1;
    int marks;
  }

  static void copyByTheJdk(boolean ordered) throws Exception {
    Sheets sheets = new Sheets();
    Pair.inTurn(
        () -> sheets.marks++,
        () -> {
          Sheets copy = (Sheets) sheets.clone();
          (ordered ? copy : sheets).marks++;
        });
  }

  private static final class Shared implements Cloneable {
    int uses;
    private static final Shared ONE = new Shared();

    @Override
    public Object clone() {
      return ONE;
    }
  }

  /** What a class's own method returns may be anything, and others may have it. */
  static void noCopy(boolean ordered) throws Exception {
    Object lock = new Object();
    Object other = ordered ? lock : new Object();
    Pair.inTurn(
        () -> {
          synchronized (lock) {
            ((Shared) Shared.ONE.clone()).uses++;
          }
        },
        () -> {
          synchronized (other) {
            ((Shared) Shared.ONE.clone()).uses++;
          }
        });
  }

  @RaceIgnore private static Page secret;
  private static volatile Page open;

  @RaceIgnore
  private static Page secret() {
    return secret;
  }

  @RaceIgnore
  private static void secret(Page page) {
    secret = page;
  }

  /** Who makes a copy has written it. */
  static void copyHandedOver(boolean ordered) throws Exception {
    Page page = new Page();
    Pair.both(
        () -> {
          Page copy = (Page) page.copy();
          if (ordered) {
            open = copy;
          }
          secret(copy);
          Pair.signal();
        },
        () -> {
          Pair.awaitSignal();
          Page copy = ordered ? open : secret();
          if (copy.read() == -1) {
            System.out.println("never");
          }
        });
  }

  private static final class Arena {
    int chunks;

    void destroy() {
      chunks--;
      signalled = true;
    }

    @Override
    @SuppressWarnings({"removal", "Finalize"}) // libraries still have them
    protected void finalize() {
      destroy();
    }
  }

  @RaceIgnore private static volatile boolean signalled;

  /** Netty's arenas are taken apart by a finalizer, which nobody told who used them. */
  @SuppressWarnings("ThreadPriorityCheck") // a wait between the looks at what is waited for
  static void finalizer(boolean ordered) throws Exception {
    Thread user =
        new Thread(
            Pair.quiet(() -> {
              Arena arena = new Arena();
              arena.chunks++;
              if (!ordered) {
                Thread other = new Thread(() -> arena.chunks++);
                other.start();
                arena.chunks++;
                other.join();
              }
              Pair.signal();
            }));
    user.start();
    Pair.awaitSignal();
    while (!signalled) {
      System.gc();
      Thread.yield();
    }
    user.join();
  }
}
