package dev.runnel.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.runnel.CancelContext;
import dev.runnel.CanceledException;
import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.DeadlineExceededException;
import dev.runnel.Go;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who does the work, who shares it, and who takes over. */
@Timeout(60)
class SingleFlightTest {
  private final SingleFlight<String, Object> flights = new SingleFlight<>();
  private final WaitGroup may = new WaitGroup();
  private final AtomicInteger calls = new AtomicInteger();

  /** A body that waits until it may bring a value. */
  private Object slow() throws InterruptedException {
    calls.incrementAndGet();
    may.await();
    return "value";
  }

  private Actor leader() {
    may.add(1);
    return Actor.Kind.VIRTUAL.start(() -> flights.run("key", this::slow)).awaitWaiting();
  }

  private List<Actor> followers(int count, List<Object> results) {
    List<Actor> followers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Actor.Kind kind = i % 10 == 0 ? Actor.Kind.PLATFORM : Actor.Kind.VIRTUAL;
      followers.add(
          kind.start(() -> {
            Object got = flights.run("key", this::slow);
            results.add(got);
          }));
    }
    for (Actor follower : followers) {
      follower.awaitWaiting();
    }
    return followers;
  }

  private static void joinAll(List<Actor> actors) throws InterruptedException {
    for (Actor actor : actors) {
      actor.join();
    }
  }

  @Test
  void aThousandShareOneCall() throws InterruptedException {
    List<Object> results = Collections.synchronizedList(new ArrayList<>());
    Actor leader = leader();
    List<Actor> followers = followers(999, results);
    may.done();
    leader.join();
    joinAll(followers);
    assertThat(results).hasSize(999).containsOnly("value");
    assertThat(calls).hasValue(1);
    assertThat(flights).hasToString("single flight of 0");
  }

  @Test
  void oneAfterAnotherEachDoesTheWork() throws Exception {
    assertThat(flights.run("key", calls::incrementAndGet)).isEqualTo(1);
    assertThat(flights.run("key", calls::incrementAndGet)).isEqualTo(2);
  }

  @Test
  void otherKeysAreOtherWork() throws Exception {
    Actor leader = leader();
    assertThat(flights.run("another", () -> 1)).isEqualTo(1);
    may.done();
    leader.join();
  }

  @Test
  void aNullResultIsShared() throws Exception {
    SingleFlight<String, @Nullable Object> nulls = new SingleFlight<>();
    assertThat(nulls.run("key", () -> null)).isNull();
    assertThat(nulls.start("key", () -> null).get()).isNull();
  }

  @Test
  void aFailureFailsTheFollowersEachWithAnExceptionOfItsOwn() throws InterruptedException {
    may.add(1);
    Actor leader =
        Actor.Kind.VIRTUAL.start(() ->
            flights.run(
                "key",
                () -> {
                  may.await();
                  throw new IOException("no network");
                }));
    leader.awaitWaiting();
    Actor one = Actor.Kind.VIRTUAL.start(() -> flights.run("key", this::slow)).awaitWaiting();
    Actor two = Actor.Kind.PLATFORM.start(() -> flights.run("key", this::slow)).awaitWaiting();
    may.done();
    List<Throwable> thrown =
        List.of(leader.joinForFailure(), one.joinForFailure(), two.joinForFailure());
    assertThat(thrown)
        .doesNotHaveDuplicates()
        .allSatisfy(t -> assertThat(t).isInstanceOf(ExecutionException.class))
        .extracting(Throwable::getCause)
        .allSatisfy(cause -> assertThat(cause).isSameAs(thrown.getFirst().getCause()));
    assertThat(calls).hasValue(0);
  }

  @Test
  void anErrorIsAFailureLikeAnother() throws Exception {
    assertThatThrownBy(() ->
            flights.run(
                "key",
                () -> {
                  throw new StackOverflowError("deep");
                }))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(StackOverflowError.class);
    assertThat(flights.run("key", () -> 1)).isEqualTo(1);
  }

  @Test
  void aFailureIsNotRemembered() throws Exception {
    assertThatThrownBy(() ->
            flights.run(
                "key",
                () -> {
                  throw new IOException("no network");
                }))
        .hasCauseInstanceOf(IOException.class);
    assertThat(flights.run("key", () -> 1)).isEqualTo(1);
  }

  @Test
  void whenTheLeadersContextEndsAFollowerTakesOverAndNobodyElseFails() throws Exception {
    List<Object> results = Collections.synchronizedList(new ArrayList<>());
    try (CancelContext ctx = Context.background().withCancel()) {
      may.add(1);
      Actor leader =
          Actor.Kind.VIRTUAL.start(() -> flights.run("key", this::slow, ctx)).awaitWaiting();
      List<Actor> followers = followers(50, results);
      ctx.cancel();
      assertThat(leader.joinForFailure()).isInstanceOf(CanceledException.class);
      Eventually.that("another does the work", () -> calls.get() == 2);
      may.done();
      joinAll(followers);
    }
    assertThat(results).hasSize(50).containsOnly("value");
    assertThat(calls).hasValue(2);
  }

  @Test
  void whenTheLeaderIsInterruptedAFollowerTakesOver() throws Exception {
    List<Object> results = Collections.synchronizedList(new ArrayList<>());
    Actor leader = leader();
    List<Actor> followers = followers(10, results);
    leader.interrupt();
    assertThat(leader.joinForFailure()).isInstanceOf(InterruptedException.class);
    Eventually.that("another does the work", () -> calls.get() == 2);
    may.done();
    joinAll(followers);
    assertThat(results).hasSize(10).containsOnly("value");
  }

  /** However quickly the one who takes over lands: nobody else does the work again. */
  @Test
  void thoseWhoFollowedTheSameLeaderFollowTheSameHeir() throws Exception {
    for (int round = 0; round < 50; round++) {
      calls.set(0);
      List<Object> results = Collections.synchronizedList(new ArrayList<>());
      Actor leader =
          Actor.Kind.VIRTUAL
              .start(() -> flights.run("key", () -> Chan.nil().receive()))
              .awaitWaiting();
      List<Actor> followers = followers(50, results); // whose body does not wait for anything
      leader.interrupt();
      assertThat(leader.joinForFailure()).isInstanceOf(InterruptedException.class);
      joinAll(followers);
      assertThat(results).hasSize(50).containsOnly("value");
      assertThat(calls).hasValue(1);
    }
  }

  /** Code between us and the interrupt may wrap the exception; the leader was told to stop yet. */
  @Test
  void aLeaderToldToStopFailsNobodyWhateverItsBodyMakesOfThat() throws Exception {
    List<Object> results = Collections.synchronizedList(new ArrayList<>());
    try (CancelContext ctx = Context.background().withCancel()) {
      may.add(1);
      Actor leader =
          Actor.Kind.VIRTUAL.start(() ->
              flights.run(
                  "key",
                  () -> {
                    try {
                      return slow();
                    } catch (InterruptedException e) {
                      throw new IllegalStateException("wrapped", e);
                    }
                  },
                  ctx));
      leader.awaitWaiting();
      List<Actor> followers = followers(3, results);
      ctx.cancel();
      assertThat(leader.joinForFailure()).hasRootCauseInstanceOf(InterruptedException.class);
      may.done();
      joinAll(followers);
    }
    assertThat(results).hasSize(3).containsOnly("value");
  }

  @Test
  void aContextThatIsNotTheLeadersOwnFailsAllLikeAnyFailure() throws Exception {
    try (CancelContext other = Context.background().withCancel()) {
      other.cancel();
      assertThatThrownBy(() ->
              flights.run(
                  "key",
                  () -> {
                    other.check();
                    return 1;
                  }))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(CanceledException.class);
    }
  }

  @Test
  void aFollowersContextEndsItsOwnWaitOnly() throws Exception {
    try (CancelContext ctx = Context.background().withCancel()) {
      Actor leader = leader();
      Actor follower =
          Actor.Kind.VIRTUAL.start(() -> flights.run("key", this::slow, ctx)).awaitWaiting();
      ctx.cancel();
      assertThat(follower.joinForFailure()).isInstanceOf(CanceledException.class);
      leader.awaitWaiting();
      may.done();
      leader.join();
    }
    assertThat(calls).hasValue(1);
  }

  @Test
  void theContextOfTheCallIsTheCurrentOneInItsBody() throws Exception {
    try (CancelContext ctx = Context.background().withCancel()) {
      assertThat(flights.run("key", Context::current, ctx)).isSameAs(ctx);
    }
  }

  @Test
  void forgetLetsTheNextCallWorkAnewAndKeepsTheFollowersTheirResult() throws Exception {
    List<Object> results = Collections.synchronizedList(new ArrayList<>());
    Actor leader = leader();
    List<Actor> followers = followers(3, results);
    flights.forget("key");
    assertThat(flights.run("key", () -> "anew")).isEqualTo("anew");
    may.done();
    leader.join();
    joinAll(followers);
    assertThat(results).containsOnly("value").hasSize(3);
    flights.forget("nothing under way");
  }

  @Test
  void theEndOfAForgottenFlightDoesNotTouchTheNext() throws Exception {
    Actor forgotten = leader();
    flights.forget("key");
    var mayToo = new WaitGroup();
    mayToo.add(1);
    Actor next =
        Actor.Kind.VIRTUAL.start(() ->
            flights.run(
                "key",
                () -> {
                  mayToo.await();
                  return "next";
                }));
    next.awaitWaiting();
    may.done();
    forgotten.join();
    Actor follower =
        Actor.Kind.VIRTUAL.start(
            () -> assertThat(flights.run("key", () -> "not shared")).isEqualTo("next"));
    follower.awaitWaiting();
    mayToo.done();
    next.join();
    follower.join();
  }

  @Test
  void startDecidesWhoLeadsBeforeItReturns() throws Exception {
    may.add(1);
    var first = flights.start("key", this::slow);
    var second = flights.start("key", () -> "not run");
    flights.forget("key"); // the first, already
    var third = flights.start("key", () -> "third");
    assertThat(third.get()).isEqualTo("third");
    may.done();
    assertThat(first.get()).isEqualTo("value");
    assertThat(second.get()).isEqualTo("value");
  }

  @Test
  void aStartedFailureIsTheFuturesCause() {
    var failed =
        flights.start(
            "key",
            () -> {
              throw new IOException("no network");
            });
    assertThat(catchThrowableOfType(ExecutionException.class, failed::get))
        .hasCauseInstanceOf(IOException.class);
    var broken =
        flights.start(
            "key",
            () -> {
              throw new AssertionError("bug");
            });
    assertThat(catchThrowableOfType(ExecutionException.class, broken::get))
        .hasCauseInstanceOf(AssertionError.class);
  }

  @Test
  void aStartedLeaderThatIsCanceledIsReplaced() throws Exception {
    may.add(1);
    var leader = flights.start("key", this::slow);
    Eventually.that("it does the work", () -> calls.get() == 1);
    var follower = flights.start("key", this::slow);
    assertThat(leader.cancel(true)).isTrue();
    Eventually.that("another does the work", () -> calls.get() == 2);
    may.done();
    assertThat(follower.get()).isEqualTo("value");
  }

  /** The future is done, but its goroutine may not have begun; its flight must land yet. */
  @Test
  void aStartedLeaderThatIsCanceledBeforeItBeganStrandsNobody() throws Exception {
    for (int i = 0; i < 3000; i++) {
      var canceled = flights.start("key", () -> "canceled");
      canceled.cancel(false);
      Object got = flights.run("key", () -> "mine");
      assertThat(got).isIn("mine", "canceled");
    }
    Eventually.that("all have landed", () -> flights.toString().endsWith("of 0"));
  }

  @Test
  void startChanGivesTheResultOnAChannel() throws Exception {
    var value = flights.startChan("key", () -> "value");
    assertThat(value.receive()).isEqualTo("value");
    assertThat(value.receive()).isNull();
    SingleFlight<String, @Nullable Object> nulls = new SingleFlight<>();
    assertThat(nulls.startChan("key", () -> null).receive()).isNull();
    var failed =
        flights.startChan(
            "key",
            () -> {
              throw new IOException("no network");
            });
    assertThatThrownBy(failed::receive).hasCauseInstanceOf(IOException.class);
  }

  @Test
  void startChanSharesAndNobodyNeedReceive() throws Exception {
    may.add(1);
    var unread = flights.startChan("key", this::slow);
    var shared = flights.startChan("key", () -> "not run");
    may.done();
    assertThat(shared.receive()).isEqualTo("value");
    Eventually.that("the flight has landed", () -> flights.toString().endsWith("of 0"));
    assertThat(unread.receive()).isEqualTo("value");
  }

  /** Leaders that are canceled at any moment: everybody else gets a value, by as few calls. */
  @Test
  void aStormOfCanceledLeadersPoisonsNobody() throws Exception {
    SingleFlight<Integer, Integer> storm = new SingleFlight<>();
    var served = new ConcurrentHashMap<Integer, Integer>();
    List<Actor> actors = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      int worker = i;
      Actor.Kind kind = i % 2 == 0 ? Actor.Kind.VIRTUAL : Actor.Kind.PLATFORM;
      actors.add(
          kind.start(() -> {
            for (int turn = 0; turn < 500; turn++) {
              int key = turn % 3;
              if (worker % 2 == 0) {
                storm.run(key, () -> work(key));
                served.merge(worker, 1, Integer::sum);
              } else {
                try (var soon = Context.background().withTimeout(Duration.ofNanos(turn * 100L))) {
                  int value = storm.run(key, () -> work(key), soon);
                  assertThat(value).isEqualTo(key);
                } catch (DeadlineExceededException e) {
                  assertThat(Thread.currentThread().isInterrupted()).isFalse();
                }
              }
            }
          }));
    }
    joinAll(actors);
    assertThat(served.values()).hasSize(8).containsOnly(500);
    assertThat(storm).hasToString("single flight of 0");
  }

  private static int work(int key) throws InterruptedException {
    Go.sleep(Duration.ofNanos(20_000));
    return key;
  }
}
