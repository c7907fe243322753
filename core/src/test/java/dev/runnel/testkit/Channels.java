package dev.runnel.testkit;

import dev.runnel.Chan;
import dev.runnel.ReceiveChan;
import dev.runnel.ReceiveResult.Value;
import java.util.ArrayList;
import java.util.List;

/** Channels in a given state, and what is in them. */
public final class Channels {

  private Channels() {}

  /** A channel without room: it holds 0, 1, ... up to its capacity. */
  public static Chan<Integer> full(int capacity) {
    Chan<Integer> chan = Chan.buffered(capacity);
    fill(chan);
    return chan;
  }

  /** Sends 0, 1, ... to a channel until it has no room. */
  public static void fill(Chan<Integer> chan) {
    for (int i = 0; chan.trySend(i); i++) {}
  }

  /** Takes what can be received without waiting. */
  public static <T> List<T> drain(ReceiveChan<T> chan) {
    List<T> values = new ArrayList<>();
    while (chan.tryReceive() instanceof Value<T>(T value)) {
      values.add(value);
    }
    return values;
  }
}
