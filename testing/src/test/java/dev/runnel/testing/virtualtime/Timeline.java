package dev.runnel.testing.virtualtime;

import static dev.runnel.Go.go;

import dev.runnel.Chan;
import dev.runnel.Go;
import dev.runnel.ReceiveChan;
import dev.runnel.testing.Bubble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What happened in a bubble, and at which of its seconds. */
final class Timeline {
  static final Instant START = Instant.parse("2000-01-01T00:00:00Z");

  private final List<String> events = new ArrayList<>();

  /** Notes that something happens now. */
  void add(Object event) {
    events.add(event + "@" + seconds());
  }

  List<String> events() {
    return events;
  }

  /** The seconds since the bubble began. */
  static double seconds() {
    return Duration.between(START, Bubble.clock().instant()).toNanos() / 1e9;
  }

  /** Sends 0, 1, 2, ... at the given seconds, and is closed at the last of these. */
  static ReceiveChan<Integer> at(double... seconds) {
    Chan<Integer> channel = Chan.unbuffered();
    go(() -> {
      for (int i = 0; i < seconds.length; i++) {
        Go.sleep(Duration.ofNanos(Math.round((seconds[i] - seconds()) * 1e9)));
        if (i < seconds.length - 1) {
          channel.send(i);
        }
      }
      channel.close();
    });
    return channel;
  }
}
