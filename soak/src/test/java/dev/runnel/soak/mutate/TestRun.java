package dev.runnel.soak.mutate;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes, or methods written as {@code class#method}, until one fails. */
final class TestRun {
  /** Exit status: a test has failed. */
  static final int NOTICED = 3;

  /** Exit status: no test was found. */
  static final int NO_TESTS = 4;

  private TestRun() {}

  public static void main(String[] tests) {
    Launcher launcher = LauncherFactory.create();
    long[] succeeded = {0};
    TestExecutionListener listener =
        new TestExecutionListener() {
          @Override
          public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
              System.out.println("FAILED " + nameOf(test));
              System.out.flush();
              Runtime.getRuntime().halt(NOTICED); // others of its threads may be stuck
            }
            succeeded[0] += test.isTest() ? 1 : 0;
          }
        };
    for (String test : tests) {
      System.out.println("RUNNING " + test.substring(test.lastIndexOf('.') + 1));
      System.out.flush();
      long before = succeeded[0];
      launcher.execute(
          LauncherDiscoveryRequestBuilder.request()
              .selectors(selector(test))
              .configurationParameter(
                  "junit.jupiter.execution.timeout.default", "30 s") // instead of hanging on
              .configurationParameter(
                  "junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
              .build(),
          listener);
      if (succeeded[0] == before) {
        System.out.println("NO TESTS in " + test);
        System.out.flush();
        Runtime.getRuntime().halt(NO_TESTS);
      }
    }
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static DiscoverySelector selector(String test) {
    return test.contains("#") ? selectMethod(test) : selectClass(test);
  }

  private static String nameOf(TestIdentifier test) {
    String id = test.getUniqueId();
    String inner = id.substring(id.indexOf("[class") >= 0 ? id.indexOf("[class") : 0);
    return inner
        .replaceAll("\\[(class-template|class|method|test-template):([^]]*)]", "$2")
        .replaceAll("\\[[a-z-]*-invocation:(#\\d+)]", " $1")
        .replaceAll("dev\\.runnel\\.(\\w+\\.)*", "")
        .replaceAll("\\([^)]*\\)", "")
        .replace('/', '.');
  }
}
