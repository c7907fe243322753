package dev.runnel.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Context;
import dev.runnel.ErrGroup;
import dev.runnel.Go;
import dev.runnel.pattern.WorkerPool;
import dev.runnel.pipeline.Pipeline;
import io.micrometer.context.ContextRegistry;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thread-locals that Micrometer's registry knows of are those of whoever starts a goroutine. */
@Timeout(60)
class MicrometerCaptureTest {
  private static final ThreadLocal<@Nullable String> TENANT = new ThreadLocal<>();
  private static final ThreadLocal<@Nullable String> UNKNOWN = new ThreadLocal<>();

  @BeforeEach
  void register() {
    ContextRegistry.getInstance()
        .registerThreadLocalAccessor("tenant", TENANT::get, TENANT::set, TENANT::remove);
    TENANT.set("ann");
  }

  @AfterEach
  void forget() {
    ContextRegistry.getInstance().removeThreadLocalAccessor("tenant");
    TENANT.remove();
    UNKNOWN.remove();
  }

  @Test
  void goroutinesHaveWhatIsRegistered() throws Exception {
    UNKNOWN.set("not registered");
    String byGo = Go.call(TENANT::get).get();
    assertThat(byGo).isEqualTo("ann");
    try (ErrGroup group = ErrGroup.open()) {
      assertThat(group.call(TENANT::get).get()).isEqualTo("ann");
      group.await();
    }
    assertThat(
            Pipeline.of(1, 2, 3)
                .mapUnordered(2, n -> TENANT.get() + " " + UNKNOWN.get())
                .toSet(Context.background()))
        .containsExactly("ann null");
  }

  @Test
  void aPoolsWorkerHasEachTasksAndKeepsNone() throws Exception {
    try (ExecutorService pool = WorkerPool.of(1).asExecutor()) {
      for (String tenant : List.of("bob", "eve")) {
        TENANT.set(tenant);
        assertThat(pool.submit(() -> TENANT.get()).get()).isEqualTo(tenant);
      }
      TENANT.remove();
      assertThat(pool.submit(() -> TENANT.get()).get()).as("cleared").isNull();
    }
  }

  @Test
  void whatWasThereIsThereAgainAfterwards() throws Exception {
    var ofAnn = new MicrometerCapture().capture();
    TENANT.remove();
    ofAnn.run(() -> assertThat(TENANT.get()).isEqualTo("ann"));
    assertThat(TENANT.get()).isNull();
    TENANT.set("bob");
    ofAnn.run(() -> assertThat(TENANT.get()).isEqualTo("ann"));
    assertThat(TENANT.get()).isEqualTo("bob");
  }
}
