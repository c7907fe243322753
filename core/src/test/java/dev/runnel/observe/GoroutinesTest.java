package dev.runnel.observe;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import dev.runnel.sync.WaitGroup;
import dev.runnel.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dumps of goroutines. */
@Timeout(60)
class GoroutinesTest {
  @AfterEach
  void untrack() {
    Goroutines.untrack();
  }

  private static GoroutineSnapshot of(Goroutine goroutine) {
    return Goroutines.dump().goroutines().stream()
        .filter(g -> g.id() == goroutine.id())
        .findFirst()
        .orElseThrow();
  }

  private static GoroutineSnapshot asleep(Goroutine goroutine, String state) {
    Eventually.that("it is asleep", () -> of(goroutine).state().equals(state));
    return of(goroutine);
  }

  @Test
  void aTrackedGoroutineIsFoundWithItsOriginAndItsWait() throws Exception {
    Goroutines.track();
    Chan<Integer> channel = Chan.unbuffered();
    Goroutine reader = go("reader", channel::receive);
    GoroutineSnapshot seen = asleep(reader, "chan receive");
    assertThat(seen.name()).isEqualTo("reader");
    assertThat(seen.blockedOn()).isEqualTo(channel.toString());
    assertThat(seen.waited()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
    assertThat(seen.createdBy()).isEqualTo(Thread.currentThread().threadId());
    assertThat(seen.createdAt()).isNotNull();
    assertThat(seen.createdAt().getMethodName())
        .isEqualTo("aTrackedGoroutineIsFoundWithItsOriginAndItsWait");
    assertThat(seen.stack().getFirst().getMethodName()).isEqualTo("receive");
    assertThat(Goroutines.dump().toString())
        .contains("goroutine " + reader.id() + " \"reader\" [chan receive on " + channel + "]:\n")
        .contains("created by goroutine " + Thread.currentThread().threadId() + " at ");
    channel.close();
    reader.join();
    assertThat(Goroutines.dump().goroutines()).noneMatch(g -> g.id() == reader.id());
  }

  @Test
  void theOriginIsWhereTheUserStartedIt() throws Exception {
    Goroutines.track();
    WaitGroup all = new WaitGroup();
    Chan<Integer> channel = Chan.unbuffered();
    all.go(() -> channel.receive());
    Eventually.that(
        "it is listed",
        () ->
            Goroutines.dump().goroutines().stream()
                .anyMatch(g ->
                    g.createdAt() != null
                        && g.createdAt()
                            .getMethodName()
                            .equals("theOriginIsWhereTheUserStartedIt")));
    channel.close();
    all.await();
  }

  @Test
  void goroutinesOfAProgramAreFoundWithoutTracking() throws Exception {
    Go.run(() -> {
      Chan<Integer> channel = Chan.unbuffered();
      Goroutine sender = go("sender", () -> channel.send(1));
      GoroutineSnapshot seen = asleep(sender, "chan send");
      assertThat(seen.createdAt()).isNull();
      assertThat(of(Goroutine.current()).state()).isEqualTo("running");
      channel.receive();
    });
  }

  @Test
  void whoBlocksOutsideRunnelIsToldApart() throws Exception {
    Goroutines.track();
    var foreign = new java.util.concurrent.CountDownLatch(1);
    Goroutine waiter = go(foreign::await);
    assertThat(asleep(waiter, "blocked outside Runnel").blockedOn()).isNull();
    foreign.countDown();
    waiter.join();
  }

  @Test
  void alikeGoroutinesStandTogether() throws Exception {
    Goroutines.track();
    Chan<Integer> channel = Chan.unbuffered();
    List<Goroutine> readers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      readers.add(go(channel::receive));
    }
    for (Goroutine reader : readers) {
      asleep(reader, "chan receive");
    }
    List<Long> ids = readers.stream().map(Goroutine::id).toList();
    GoroutineDump dump = Goroutines.dump();
    GoroutineDump ours =
        new GoroutineDump(dump.goroutines().stream().filter(g -> ids.contains(g.id())).toList());
    assertThat(ours.toString())
        .startsWith(
            "3 goroutines [chan receive]: "
                + ids.get(0)
                + ", "
                + ids.get(1)
                + ", "
                + ids.get(2)
                + "\n");
    channel.close();
    for (Goroutine reader : readers) {
      reader.join();
    }
  }

  @Test
  void asJson() {
    var frame = new StackTraceElement("shop.Orders", "read", "Orders.java", 41);
    var dump =
        new GoroutineDump(
            List.of(
                new GoroutineSnapshot(
                    17,
                    "a \"b\"\n",
                    "chan receive",
                    "channel 3",
                    0,
                    Duration.ofNanos(5),
                    List.of(frame),
                    1,
                    frame),
                new GoroutineSnapshot(18, "c", "running", null, 0, null, List.of(), 0, null)));
    assertThat(dump.toJson())
        .isEqualTo(
            """
            [{"id":17,"name":"a \\"b\\"\\n","state":"chan receive","blockedOn":"channel 3","heldBy":0,"waited":5,\
            "stack":["shop.Orders.read(Orders.java:41)"],"createdBy":1,\
            "createdAt":"shop.Orders.read(Orders.java:41)"},
            {"id":18,"name":"c","state":"running","blockedOn":null,"heldBy":0,"waited":null,"stack":[],\
            "createdBy":0,"createdAt":null}]\
            """);
    assertThat(dump.toString())
        .startsWith(
            """
            goroutine 17 "a "b"
            " [chan receive on channel 3]:
                shop.Orders.read(Orders.java:41)
            created by goroutine 1 at shop.Orders.read(Orders.java:41)
            """);
  }
}
