package dev.runnel.interop.tck;

import dev.runnel.Context;
import dev.runnel.interop.Publishers;
import dev.runnel.pipeline.Pipeline;
import java.util.concurrent.Flow.Publisher;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;

/** A pipeline with asynchronous stages as a publisher. */
public class PipelinePublisherTck extends FlowPublisherVerification<Long> {

  public PipelinePublisherTck() {
    super(new TestEnvironment(Tcks.TIMEOUT_MILLIS, Tcks.QUIET_MILLIS));
  }

  @Override
  public Publisher<Long> createFlowPublisher(long elements) {
    return Publishers.of(
        Pipeline.range(0L, elements).mapParallel(2, n -> n + 1).map(n -> n - 1),
        Context.background());
  }

  @Override
  public Publisher<Long> createFailedFlowPublisher() {
    var ctx = Context.background().withCancel();
    ctx.cancel(); // its end is an error without demand, as these tests want it
    return Publishers.of(Pipeline.<Long>empty(), ctx);
  }
}
