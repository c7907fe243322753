package dev.runnel.observe;

import static dev.runnel.Go.go;
import static dev.runnel.Select.select;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import dev.runnel.internal.hook.Flight;
import dev.runnel.testkit.Eventually;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a recording of the Flight Recorder holds. */
@Timeout(120)
class FlightTest {
  @TempDir Path folder;

  private static RecordedEvent the(List<RecordedEvent> events, String name, String with) {
    return events.stream()
        .filter(e -> e.getEventType().getName().equals("dev.runnel." + name))
        .filter(e -> e.toString().contains(with))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " with " + with + " in " + events));
  }

  private static void assertStack(RecordedEvent event) {
    assertThat(event.getStackTrace().getFrames())
        .anyMatch(f -> f.getMethod().getType().getName().contains("FlightTest"));
  }

  private static void awaitWaiting(Goroutine goroutine, String what) {
    Eventually.that(goroutine + " waits", () -> goroutine.toString().endsWith("[" + what + "]"));
  }

  @Test
  void theShippedSettingsRecordAll() throws Exception {
    go(() -> {}).join(); // the first goroutine lets Runnel listen
    Configuration settings;
    try (var in = requireNonNull(Goroutines.class.getResourceAsStream("runnel.jfc"));
        var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      settings = Configuration.create(reader);
    }
    Path file = folder.resolve("program.jfr");
    Goroutine[] reader = new Goroutine[1];
    try (Recording recording = new Recording(settings)) {
      recording.start();
      Eventually.that("Runnel has noticed", () -> Flight.current() != null);
      Chan<Integer> channel = Chan.unbuffered();
      reader[0] = go("recorded reader", () -> channel.receive());
      Goroutine sleeper = go("recorded sleeper", () -> Go.sleep(Duration.ofDays(1)));
      Goroutine selecting =
          go("recorded select", () -> select(channel.onReceive(), Chan.nil().onReceive()));
      awaitWaiting(reader[0], "chan receive");
      awaitWaiting(sleeper, "sleep");
      awaitWaiting(selecting, "select");
      Go.sleep(Duration.ofMillis(100)); // real time, as the recorder's is
      channel.close();
      sleeper.interrupt();
      reader[0].join();
      sleeper.join();
      selecting.join();
      Goroutine failing =
          go(
              "recorded failure",
              () -> {
                Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
                throw new IllegalStateException("wanted");
              });
      failing.join();
      Context.background().withCancel().cancel(new IllegalStateException("enough"));
      recording.stop();
      recording.dump(file);
    }
    Eventually.that("nothing is recorded any more", () -> Flight.current() == null);
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    RecordedEvent start = the(events, "GoroutineStart", "recorded reader");
    assertThat(start.getLong("goroutine")).isEqualTo(reader[0].id());
    assertStack(start);
    assertThat(the(events, "GoroutineEnd", "recorded reader").getString("failure")).isNull();
    assertThat(the(events, "GoroutineEnd", "recorded failure").getString("failure"))
        .contains("wanted");
    RecordedEvent blocked = the(events, "Blocked", "chan receive");
    assertThat(blocked.getThread().getJavaThreadId()).isEqualTo(reader[0].id());
    assertThat(blocked.getDuration()).isGreaterThan(Duration.ofMillis(10));
    assertThat(blocked.getString("blockedOn")).startsWith("chan ");
    assertStack(blocked);
    the(events, "Blocked", "sleep");
    RecordedEvent select = the(events, "Select", "");
    assertThat(select.getString("cases")).isNotEmpty();
    assertStack(select);
    RecordedEvent cancelled = the(events, "ContextCancelled", "enough");
    assertThat(cancelled.getBoolean("deadline")).isFalse();
    assertStack(cancelled);
  }
}
