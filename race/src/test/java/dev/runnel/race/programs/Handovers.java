package dev.runnel.race.programs;

import dev.runnel.Chan;
import dev.runnel.Overflow;
import dev.runnel.Select;
import dev.runnel.pattern.Broadcaster;
import dev.runnel.pattern.WhenFull;
import dev.runnel.race.programs.Pair.Cell;
import java.util.ArrayList;

/**
 * Channels whose partners wait, one after another. The engine uses a wait and its node again, and
 * moves a waiting sender's value into the buffer: none of that may order more than the channel
 * does, nor less. The first thread writes, the one that comes later reads.
 */
final class Handovers {
  private Handovers() {}

  /** Lets all classes be initialised, which orders their users. */
  private static void warmUp() throws Exception {
    Chan<Integer> c = Chan.unbuffered();
    Select select = Select.of(c.onReceive());
    Pair.all(
        all -> {
          c.send(1);
          Pair.awaitAsleep(all[1]);
          c.send(2);
        },
        all -> {
          Pair.awaitAsleep(all[0]);
          c.receive();
          var _ = select.await();
        });
    Chan<Integer> buffered = Chan.buffered(1);
    buffered.send(1);
    buffered.receive();
  }

  private static void read(Cell cell) {
    if (cell.value == -1) {
      System.out.println("never");
    }
  }

  /** Two senders that waited, with the same node: ordered only by a receiver they share. */
  static void spareNode(boolean ordered) throws Exception {
    warmUp();
    Chan<Integer> c = Chan.unbuffered();
    Cell cell = new Cell();
    Pair.all(
        all -> {
          cell.value = 1;
          c.send(1);
          Pair.step(1);
        },
        all -> {
          Pair.awaitStep(1);
          c.send(2);
          read(cell);
        },
        all -> {
          Pair.awaitAsleep(all[0]);
          c.receive();
          if (ordered) {
            Pair.awaitAsleep(all[1]);
            c.receive();
          }
        },
        all -> {
          if (!ordered) {
            Pair.awaitStep(1);
            Pair.awaitAsleep(all[1]);
            c.receive();
          }
        });
  }

  /** Values go straight to a receiver that waits: the k-th receive before the (k+C)-th send. */
  static void handedOver(boolean ordered) throws Exception {
    warmUp();
    Chan<Integer> c = Chan.buffered(ordered ? 1 : 2);
    Cell cell = new Cell();
    Pair.all(
        all -> {
          Pair.awaitAsleep(all[2]);
          cell.value = 1;
          c.send(1);
          Pair.step(1);
        },
        all -> {
          Pair.awaitStep(1);
          Pair.awaitAsleep(all[2]);
          c.send(2);
          read(cell);
        },
        all -> {
          c.receive();
          c.receive();
        });
  }

  /** A waiting sender's value takes the place of one that the first thread sent. */
  static void throughOnePlace(boolean ordered) throws Exception {
    warmUp();
    Chan<Integer> c = Chan.buffered(ordered ? 1 : 2);
    Cell cell = new Cell();
    Pair.all(
        all -> {
          cell.value = 1;
          c.send(1);
          Pair.step(1);
        },
        all -> {
          Pair.awaitStep(1);
          c.send(2);
          read(cell);
        },
        all -> {
          Pair.awaitStep(1);
          if (ordered) {
            Pair.awaitAsleep(all[1]);
          }
          c.receive();
          c.receive();
        });
  }

  /** A reusable select waits twice: those who served it are not ordered by that. */
  static void keptSelect(boolean ordered) throws Exception {
    warmUp();
    Chan<Integer> one = Chan.buffered(1);
    Chan<Integer> two = ordered ? Chan.unbuffered() : Chan.buffered(1);
    Cell cell = new Cell();
    Pair.all(
        all -> {
          Pair.awaitAsleep(all[2]);
          cell.value = 1;
          one.send(1);
          Pair.step(1);
        },
        all -> {
          Pair.awaitStep(1);
          Pair.awaitAsleep(all[2]);
          two.send(2);
          read(cell);
        },
        all -> {
          Select select = Select.of(one.onReceive(), two.onReceive());
          var _ = select.await();
          var _ = select.await();
        });
  }

  /** What falls out of a full channel has been received by nobody. */
  static void dropping(boolean ordered) throws Exception {
    warmUp();
    Chan<Integer> c = Chan.buffered(1, Overflow.DROP_OLDEST);
    Cell cell = new Cell();
    Pair.all(
        all -> {
          cell.value = 1;
          c.send(1);
          Pair.step(1);
        },
        all -> {
          Pair.awaitStep(1);
          if (!ordered) {
            c.send(2);
          }
          Pair.step(2);
        },
        all -> {
          Pair.awaitStep(2);
          c.receive();
          read(cell);
        });
  }

  /** A collection that refuses a value has it put back, for others to receive. */
  static void putBack(boolean ordered) throws Exception {
    warmUp();
    Chan<Integer> c = Chan.buffered(4);
    Cell cell = new Cell();
    Pair.all(
        all -> {
          if (ordered) {
            cell.value = 1;
          }
          for (int i = 0; i < 4; i++) {
            c.send(i);
          }
          if (!ordered) {
            cell.value = 1;
          }
          Pair.step(1);
        },
        all -> {
          Pair.awaitStep(1);
          try {
            c.receiveUpTo(4, new Refusing());
          } catch (IllegalStateException e) {
            Pair.step(2);
          }
        },
        all -> {
          Pair.awaitStep(2);
          c.receive();
          c.receive();
          read(cell);
        });
  }

  /** Takes one value, and no more. */
  private static final class Refusing extends ArrayList<Integer> {
    private static final long serialVersionUID = 1;

    @Override
    public boolean add(Integer value) {
      if (!isEmpty()) {
        throw new IllegalStateException("refused");
      }
      return super.add(value);
    }
  }

  /** Many values through one log, read by two who wait now and then. */
  static void broadcast(boolean ordered) throws Exception {
    Cell[] cells = new Cell[200];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = new Cell();
    }
    Broadcaster<Integer> news = Broadcaster.create();
    try (var one = news.subscribe(4, WhenFull.BLOCK);
        var two = news.subscribe(100, WhenFull.BLOCK)) {
      Pair.all(
          all -> {
            for (int i = 0; i < cells.length; i++) {
              cells[i].value = i;
              news.send(i);
            }
            if (!ordered) {
              Pair.awaitStep(1);
              cells[cells.length - 1].value = -2;
            }
            news.close();
          },
          all -> {
            for (int i : one) {
              read(cells[i]);
              if (i == cells.length - 1) {
                Pair.step(1);
              }
            }
          },
          all -> {
            for (int i : two) {
              read(cells[i]);
            }
          });
    }
  }
}
