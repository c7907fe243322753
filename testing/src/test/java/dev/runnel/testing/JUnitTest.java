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

  @Test
  void theyDoWhatTheySay() {
    Map<String, TestExecutionResult> results = run("false");
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
    assertThat(results).hasSize(8);
  }

  @Test
  void theyRunInParallelToo() {
    Map<String, TestExecutionResult> results = run("true");
    assertThat(results.values())
        .filteredOn(r -> r.getStatus() == TestExecutionResult.Status.FAILED)
        .hasSize(4);
    assertThat(Cases.RUNS.getAndSet(0)).isEqualTo(1200);
  }

  private static Map<String, TestExecutionResult> run(String parallel) {
    Map<String, TestExecutionResult> results = new ConcurrentHashMap<>();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(Cases.class))
            .configurationParameter("junit.jupiter.execution.parallel.enabled", parallel)
            .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
            .build();
    TestExecutionListener listener =
        new TestExecutionListener() {
          @Override
          public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
              String name = test.getDisplayName();
              results.put(name.substring(0, name.indexOf('(')), result);
            }
          }
        };
    LauncherFactory.create().execute(request, listener);
    return results;
  }
}
