package dev.runnel.guide;

import static dev.runnel.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import dev.runnel.sync.WaitGroup;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The chapter about goroutines. */
class GoroutinesPageTest extends Page {

  @Test
  void start() throws Exception {
    // @start region="start"
    Goroutine greeter = go(() -> print("hello"));
    greeter.join();
    // @end
    assertPrinted("hello");
  }

  @Test
  void waitForAll() throws Exception {
    List<String> urls = List.of("a", "b");
    // @start region="wait"
    var all = new WaitGroup();
    for (String url : urls) {
      all.go(() -> print(fetch(url)));
    }
    all.await();
    // @end
    assertPrintedInAnyOrder("<a>", "<b>");
  }

  @Test
  void result() throws Exception {
    // @start region="result"
    Future<String> page = Go.call(() -> fetch("a"));
    print(page.get());
    // @end
    assertPrinted("<a>");
  }

  @Test
  void underAContext() throws Exception {
    Goroutine waiter;
    // @start region="context"
    try (var ctx = Context.background().withCancel()) {
      waiter = go(ctx, () -> Chan.nil().receive());
    } // canceled: the goroutine is interrupted, and ends
    waiter.join();
    // @end
    assertThat(waiter.failure()).isNull();
  }

  @Test
  void failure() throws Exception {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> print("reported: " + thrown));
    try {
      // @start region="failure"
      Goroutine unlucky = go(() -> fetch(""));
      unlucky.join();
      print(unlucky.failure());
      // @end
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertPrinted("reported: java.io.IOException: no address", "java.io.IOException: no address");
  }

  @Test
  void main() throws Exception {
    // @start region="main"
    Go.run(() -> {
      Chan<String> greetings = Chan.unbuffered();
      go(() -> greetings.send("hello"));
      print(greetings.receive());
    });
    // @end
    assertPrinted("hello");
  }
}
