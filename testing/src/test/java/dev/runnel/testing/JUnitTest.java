package dev.runnel.testing;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.runnel.Chan;
import dev.runnel.DeadlockException;
import dev.runnel.Go;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The annotations, as JUnit runs them. */
class JUnitTest {

  /** Its failures are wanted, so it is no class of tests by its name. */
  static class Cases {
    static final AtomicInteger RUNS = new AtomicInteger();

    @RunnelTest
    void inABubble(Clock clock, InstantSource source) throws Exception {
      Go.sleep(Duration.ofDays(365));
      assertThat(clock.instant()).isEqualTo("2000-12-31T00:00:00Z").isEqualTo(source.instant());
    }

    @RunnelTest
    void deadlocked() throws Exception {
      Chan.unbuffered().receive();
    }

    @RunnelTest
    void leaking() {
      go("left", Chan.unbuffered()::receive);
    }

    @Explored(200)
    void explored(Clock clock) throws Exception {
      RUNS.incrementAndGet();
      Go.sleep(Duration.ofSeconds(1));
      assertThat(clock.instant()).isEqualTo("2000-01-01T00:00:01Z");
    }

    @Explored(value = 1000, by = Explored.By.PCT, depth = 2)
    void exploredAndFailing() throws Exception {
      ExploreTest.lostUpdate();
    }

    @Explored(replay = "walk-1")
    void replayed() {
      RUNS.addAndGet(1000);
    }

    @RunnelTest
    void failing() throws Exception {
      go("reader", Chan.unbuffered()::receive);
      Bubble.settle();
      throw new IllegalStateException("seen");
    }

    @NoLeaks
    @Test
    void checkedAndFailing() {
      go("reader", Chan.unbuffered()::receive);
      throw new IllegalStateException("seen");
    }

    @NoLeaks
    @Test
    void checkedAndLeaking() {
      go("left", Chan.unbuffered()::receive);
    }

    @NoLeaks
    @Test
    void checked() throws Exception {
      go(() -> {}).join();
    }
  }

  /** All tests of a class, and of those that extend it, are checked. */
  @NoLeaks
  static class Checked {

    @Test
    void leaking() {
      go("left", Chan.unbuffered()::receive);
    }

    @Test
    void leavingNothing() {}
  }

  /** Inherits the check. */
  static class CheckedToo extends Checked {

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void each(int number) {
      if (number == 2) {
        go("left", Chan.unbuffered()::receive);
      }
    }
  }

  @Test
  void aClassIsChecked() {
    Map<String, TestExecutionResult> results = run(Checked.class, "false");
    assertThat(results.get("leaking").getThrowable().orElseThrow()).isInstanceOf(LeakError.class);
    assertThat(results.get("leavingNothing").getThrowable()).isEmpty();
    Map<String, TestExecutionResult> inherited = run(CheckedToo.class, "false");
    assertThat(inherited.get("leaking").getThrowable().orElseThrow()).isInstanceOf(LeakError.class);
    assertThat(inherited).hasSize(4);
    assertThat(inherited.values()) // the one above, and one of each
        .filteredOn(r -> r.getStatus() == TestExecutionResult.Status.FAILED)
        .hasSize(2)
        .allMatch(r -> r.getThrowable().orElseThrow() instanceof LeakError);
  }

  @Test
  void aFailureShowsWhatTheGoroutinesDid() {
    Map<String, TestExecutionResult> results = run(Cases.class, "false");
    Cases.RUNS.set(0);
    for (String test : new String[] {"failing", "checkedAndFailing"}) {
      Throwable thrown = results.get(test).getThrowable().orElseThrow();
      assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessage("seen");
      assertThat(thrown).hasStackTraceContaining("\"reader\" [chan receive on ");
    }
  }

  @Test
  void theyDoWhatTheySay() {
    Map<String, TestExecutionResult> results = run(Cases.class, "false");
    assertThat(results.get("inABubble").getThrowable()).isEmpty();
    assertThat(results.get("explored").getThrowable()).isEmpty();
    assertThat(results.get("replayed").getThrowable()).isEmpty();
    assertThat(results.get("checked").getThrowable()).isEmpty();
    assertThat(Cases.RUNS.getAndSet(0)).isEqualTo(1200);
    assertThat(results.get("deadlocked").getThrowable().orElseThrow())
        .isInstanceOf(DeadlockException.class)
        .hasMessageContaining("[chan receive on ");
    assertThat(results.get("leaking").getThrowable().orElseThrow()).isInstanceOf(LeakError.class);
    assertThat(results.get("checkedAndLeaking").getThrowable().orElseThrow())
        .isInstanceOf(LeakError.class);
    assertThat(results.get("exploredAndFailing").getThrowable().orElseThrow())
        .isInstanceOf(ScheduleError.class)
        .hasMessageContaining("Explore.replay(\"pct-2-")
        .hasMessageContaining("lock Mutex 1");
    assertThat(results).hasSize(10);
  }

  @Test
  void theyRunInParallelToo() {
    Map<String, TestExecutionResult> results = run(Cases.class, "true");
    assertThat(results.values())
        .filteredOn(r -> r.getStatus() == TestExecutionResult.Status.FAILED)
        .hasSize(6);
    assertThat(Cases.RUNS.getAndSet(0)).isEqualTo(1200);
  }

  private static Map<String, TestExecutionResult> run(Class<?> tests, String parallel) {
    Map<String, TestExecutionResult> results = new ConcurrentHashMap<>();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(tests))
            .configurationParameter("junit.jupiter.execution.parallel.enabled", parallel)
            .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
            .build();
    TestExecutionListener listener =
        new TestExecutionListener() {
          @Override
          public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
              String name = test.getDisplayName();
              int end = name.indexOf('(');
              results.put(end < 0 ? name : name.substring(0, end), result);
            }
          }
        };
    LauncherFactory.create().execute(request, listener);
    return results;
  }
}
