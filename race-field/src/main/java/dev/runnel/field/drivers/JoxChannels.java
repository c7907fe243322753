package dev.runnel.field.drivers;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.ChannelDone;
import com.softwaremill.jox.Select;

/** Jox: channels of each kind, and select, handing over objects that are changed on the way. */
final class JoxChannels {
  private static final int ROUND = 200;

  private JoxChannels() {}

  /** Handed on by a channel, and changed by whoever has it. */
  private static final class Parcel {
    private int stamps;
  }

  public static void main(String[] args) throws Exception {
    Crew.work(2, random -> round(Channel.newRendezvousChannel()));
    Crew.work(2, random -> round(Channel.newBufferedChannel(3)));
    Crew.work(2, random -> round(Channel.newUnlimitedChannel()));
    Crew.work(2, random -> select());
  }

  private static void round(Channel<Parcel> channel) throws Exception {
    Channel<Parcel> stamped = Channel.newBufferedChannel(2);
    Thread[] threads = new Thread[4];
    for (int i = 0; i < 2; i++) {
      threads[i] =
          Thread.startVirtualThread(() -> {
            try {
              for (int n = 0; n < ROUND; n++) {
                Parcel parcel = new Parcel();
                parcel.stamps++;
                channel.send(parcel);
              }
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      threads[2 + i] =
          Thread.startVirtualThread(() -> {
            try {
              while (channel.receiveOrClosed() instanceof Parcel parcel) {
                parcel.stamps++;
                stamped.send(parcel);
              }
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
    for (int n = 0; n < 2 * ROUND; n++) {
      Crew.check(++stamped.receive().stamps == 3, "a stamp is missing");
    }
    channel.done();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /**
   * On threads of the system's: on virtual ones Jox 1.0.1 can come to a standstill, without our
   * agent too, as Channel.updateCellReceive spins on its carrier while who is awaited has none.
   */
  private static void select() throws Exception {
    Channel<Parcel> a = Channel.newRendezvousChannel();
    Channel<Parcel> b = Channel.newBufferedChannel(1);
    Channel<Parcel> back = Channel.newBufferedChannel(1);
    Thread sender =
        Thread.ofPlatform()
            .start(() -> {
              try {
                for (int n = 0; n < ROUND; n++) {
                  Parcel parcel = new Parcel();
                  parcel.stamps = 1;
                  Select.select(a.sendClause(parcel), b.sendClause(parcel));
                }
                a.done();
                b.done();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Thread passer =
        Thread.ofPlatform()
            .start(() -> {
              try {
                while (true) {
                  Object got = Select.selectOrClosed(a.receiveClause(), b.receiveClause());
                  if (!(got instanceof Parcel parcel)) {
                    Crew.check(got instanceof ChannelDone, "failed");
                    break;
                  }
                  parcel.stamps++;
                  back.send(parcel);
                }
                while (b.receiveOrClosed() instanceof Parcel parcel) {
                  parcel.stamps++;
                  back.send(parcel);
                }
                back.done();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    while (back.receiveOrClosed() instanceof Parcel parcel) {
      Crew.check(++parcel.stamps == 3, "a stamp is missing");
    }
    sender.join();
    passer.join();
  }
}
