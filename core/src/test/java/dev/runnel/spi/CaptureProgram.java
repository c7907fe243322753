package dev.runnel.spi;

import dev.runnel.CancelContext;
import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ErrGroup;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import dev.runnel.Task;
import dev.runnel.pattern.Generators;
import dev.runnel.pattern.WorkerPool;
import dev.runnel.pipeline.Pipeline;
import dev.runnel.sync.SingleFlight;
import dev.runnel.sync.WaitGroup;
import dev.runnel.time.Timer;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Starts goroutines in every way, and prints what they find bound: see ContextCaptureTest. */
final class CaptureProgram {
  private static final Context CTX = Context.background();
  private static final ThreadLocal<@Nullable String> NAME = new ThreadLocal<>();

  private CaptureProgram() {}

  /** Carries a name. */
  public static final class Names implements ContextCapture {
    @Override
    public Snapshot capture() {
      String name = NAME.get();
      if ("not to be captured".equals(name)) {
        throw new IllegalStateException(name);
      }
      return body -> {
        if ("not to be restored".equals(name)) {
          throw new IllegalStateException(name);
        }
        String before = NAME.get();
        NAME.set(name);
        try {
          body.run();
        } finally {
          NAME.set(before);
        }
      };
    }
  }

  /** Carries a scoped value, which can't be set but only be bound around. */
  public static final class Scoped implements ContextCapture {
    static final ScopedValue<Integer> DEPTH = ScopedValue.newInstance();

    @Override
    public Snapshot capture() {
      int depth = DEPTH.orElse(0);
      return body ->
          ScopedValue.where(DEPTH, depth + 1)
              .call(() -> {
                body.run();
                return true;
              });
    }
  }

  public static void main(String[] args) throws Exception {
    NAME.set("main");
    everyStart();
    later();
    executors();
    NAME.remove();
    troubles();
  }

  private static void show(String what) {
    System.out.println(what + ": " + NAME.get() + " " + Scoped.DEPTH.orElse(0));
  }

  private static void everyStart() throws Exception {
    Go.go(() -> show("go")).join();
    Go.go("named", () -> show("go named")).join();
    Go.go(CTX, () -> show("go ctx")).join();
    Go.call(
            () -> {
              show("call");
              return 1;
            })
        .get();
    Go.run(() -> show("run"));
    Go.go(() -> Go.go(() -> show("go in go")).join()).join();
    try (ErrGroup group = ErrGroup.open()) {
      group.go(() -> show("group"));
      group.await();
    }
    WaitGroup all = new WaitGroup();
    var _ = all.go(() -> show("wait group"));
    all.await();
    new SingleFlight<Integer, Integer>()
        .start(
            1,
            () -> {
              show("single flight");
              return 1;
            })
        .get();
    for (int _ :
        WorkerPool.of(1)
            .start(
                Generators.of(1),
                n -> {
                  show("pool");
                  return n;
                },
                CTX)) {}
    for (int n :
        Generators.<Integer>produce(
            CTX,
            out -> {
              show("generator");
              out.send(1);
            })) {
      assert n == 1;
    }
    Pipeline.of(1)
        .mapUnordered(
            2,
            n -> {
              show("pipeline");
              return n;
            })
        .run(CTX);
  }

  private static void later() throws Exception {
    Chan<Boolean> done = Chan.unbuffered();
    CancelContext ctx = CTX.withCancel();
    ctx.afterDone(() -> {
      show("after done");
      done.send(true);
    });
    NAME.remove();
    ctx.afterDone(() -> {
      show("after done without");
      done.send(true);
    });
    NAME.set("who ends it");
    ctx.cancel();
    done.receive();
    done.receive();
    NAME.set("main");
    var _ =
        Timer.run(
            Duration.ofNanos(1),
            () -> {
              show("timer");
              done.send(true);
            });
    done.receive();
  }

  private static void executors() throws Exception {
    try (ExecutorService pool = WorkerPool.of(1).asExecutor()) {
      NAME.set("one");
      pool.submit(() -> show("executor")).get();
      NAME.set("two");
      pool.submit(() -> show("executor")).get();
      NAME.remove();
      pool.submit(() -> show("executor without")).get();
      NAME.set("three");
      Future<?> task = pool.submit(() -> show("executor"));
      task.get();
    }
  }

  private static void troubles() throws Exception {
    Thread.currentThread()
        .setUncaughtExceptionHandler((_, thrown) -> System.out.println("told: " + thrown));
    NAME.set("not to be captured");
    Go.go(() -> show("runs all the same")).join();
    NAME.set("not to be restored");
    Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> System.out.println("told: " + thrown));
    Go.go(() -> show("runs all the same")).join();
    NAME.set("fine");
    Task failing =
        () -> {
          throw new IllegalArgumentException("its own");
        };
    Goroutine failed = Go.go(failing);
    failed.join();
    System.out.println("failed: " + failed.failure());
  }
}
