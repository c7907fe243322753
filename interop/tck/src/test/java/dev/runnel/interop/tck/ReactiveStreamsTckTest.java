package dev.runnel.interop.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;
import org.testng.ITestListener;
import org.testng.ITestResult;
import org.testng.TestNG;

/**
 * Runs the TCK of Reactive Streams, which is written for TestNG, and shows each of its tests as one
 * of JUnit's.
 */
class ReactiveStreamsTckTest {

  /** Optional, and not so here: subscribers to a channel compete for its values. */
  private static final String MULTICAST = "optional_spec111_multicast";

  @TestFactory
  Stream<DynamicTest> channelPublisher() {
    return run(ChannelPublisherTck.class);
  }

  @TestFactory
  Stream<DynamicTest> pipelinePublisher() {
    return run(PipelinePublisherTck.class);
  }

  @TestFactory
  Stream<DynamicTest> roundTripPublisher() {
    return run(RoundTripPublisherTck.class);
  }

  @TestFactory
  Stream<DynamicTest> subscriberFromOutside() {
    return run(SubscriberBlackboxTck.class);
  }

  @TestFactory
  Stream<DynamicTest> subscriberFromInside() {
    return run(SubscriberWhiteboxTck.class);
  }

  private static Stream<DynamicTest> run(Class<?> tck) {
    Results results = new Results();
    TestNG runner = new TestNG(false);
    runner.setTestClasses(new Class<?>[] {tck});
    runner.addListener(results);
    runner.setVerbose(0);
    runner.run();
    assertThat(results.of).as("the TCK has run").hasSizeGreaterThan(20);
    assertThat(results.of).anyMatch(ITestResult::isSuccess);
    return results.of.stream()
        .filter(result -> !result.getName().startsWith("untested_")) // rules it has no test for
        .map(result -> DynamicTest.dynamicTest(result.getName(), () -> check(result)));
  }

  private static void check(ITestResult result) throws Throwable {
    String name = result.getName();
    Throwable thrown = result.getThrowable();
    boolean mayBeSkipped =
        name.startsWith(MULTICAST) && result.getInstance() instanceof ChannelPublisherTck;
    if (result.getStatus() == ITestResult.SKIP && mayBeSkipped) {
      throw new TestAbortedException(String.valueOf(thrown));
    }
    if (result.getStatus() != ITestResult.SUCCESS) {
      throw thrown == null ? new AssertionError("status " + result.getStatus()) : thrown;
    }
  }

  /** Every result, of whatever kind. */
  private static final class Results implements ITestListener {
    private final List<ITestResult> of = new ArrayList<>();

    @Override
    public void onTestSuccess(ITestResult result) {
      of.add(result);
    }

    @Override
    public void onTestFailure(ITestResult result) {
      of.add(result);
    }

    @Override
    public void onTestSkipped(ITestResult result) {
      of.add(result);
    }
  }
}
