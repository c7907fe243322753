package dev.runnel.slf4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.runnel.Context;
import dev.runnel.ErrGroup;
import dev.runnel.Go;
import dev.runnel.Task;
import dev.runnel.pattern.Generators;
import dev.runnel.pattern.WorkerPool;
import dev.runnel.pipeline.Pipeline;
import dev.runnel.spi.ContextCapture.Snapshot;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What is logged in goroutines has the MDC of whoever started them. Logback does the logging. */
@Timeout(60)
class MdcCaptureTest {
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(MdcCaptureTest.class);

  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          logged.add(event.getMessage() + " " + event.getMDCPropertyMap());
        }
      };

  @BeforeEach
  void start() {
    LOG.setAdditive(false);
    appender.start();
    LOG.addAppender(appender);
    MDC.put("user", "ann");
  }

  @AfterEach
  void stop() {
    LOG.detachAppender(appender);
    MDC.clear();
  }

  @Test
  void goroutinesLogWithTheMdcOfWhoStartedThem() throws Exception {
    Go.go(() -> LOG.info("go")).join();
    Go.go(() -> Go.go(() -> LOG.info("go in go")).join()).join();
    try (ErrGroup group = ErrGroup.open()) {
      group.go(() -> LOG.info("group"));
      group.await();
    }
    for (int n :
        WorkerPool.of(1)
            .start(
                Generators.of(1),
                job -> {
                  LOG.info("pool");
                  return job;
                },
                Context.background())) {
      assertThat(n).isEqualTo(1);
    }
    Pipeline.of(1)
        .mapParallel(
            2,
            n -> {
              LOG.info("pipeline");
              return n;
            })
        .run(Context.background());
    assertThat(logged)
        .containsExactly(
            "go {user=ann}",
            "go in go {user=ann}",
            "group {user=ann}",
            "pool {user=ann}",
            "pipeline {user=ann}");
  }

  @Test
  void aGoroutineHasAMapOfItsOwn() throws Exception {
    Go.go(
            () -> {
              MDC.put("user", "bob");
              MDC.put("job", "7");
              LOG.info("inside");
            })
        .join();
    LOG.info("outside");
    assertThat(logged).hasSize(2).last().isEqualTo("outside {user=ann}");
    assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("user");
  }

  @Test
  void aPoolsWorkerHasEachTasksAndKeepsNone() throws Exception {
    MDC.clear();
    try (ExecutorService pool = WorkerPool.of(1).asExecutor()) {
      for (String user : List.of("ann", "bob")) {
        MDC.put("user", user);
        pool.submit(() -> LOG.info("task")).get();
      }
      MDC.clear();
      pool.submit(() -> LOG.info("task")).get();
    }
    assertThat(logged).containsExactly("task {user=ann}", "task {user=bob}", "task {}");
  }

  @Test
  void whatWasThereIsThereAgainAfterwards() throws Exception {
    Snapshot ofAnn = new MdcCapture().capture();
    MDC.clear();
    Snapshot ofNobody = new MdcCapture().capture();
    MDC.put("user", "bob");
    ofAnn.run(() -> LOG.info("as ann"));
    ofNobody.run(() -> LOG.info("as nobody"));
    LOG.info("as bob");
    Task failing =
        () -> {
          throw new IllegalStateException();
        };
    assertThatIllegalStateException().isThrownBy(() -> ofAnn.run(failing));
    assertThat(MDC.get("user")).isEqualTo("bob");
    assertThat(logged).containsExactly("as ann {user=ann}", "as nobody {}", "as bob {user=bob}");
  }
}
