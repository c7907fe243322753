package dev.runnel.interop.tck;

import dev.runnel.Context;
import dev.runnel.interop.Publishers;
import dev.runnel.pipeline.Pipeline;
import java.util.concurrent.Flow.Publisher;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;

/** A publisher that is the source of a pipeline that is a publisher. */
public class RoundTripPublisherTck extends FlowPublisherVerification<Long> {

  public RoundTripPublisherTck() {
    super(new TestEnvironment(Tcks.TIMEOUT_MILLIS, Tcks.QUIET_MILLIS));
  }

  @Override
  public Publisher<Long> createFlowPublisher(long elements) {
    Publisher<Long> inner = Publishers.of(Pipeline.range(0L, elements), Context.background());
    return Publishers.of(Publishers.pipeline(inner, 3), Context.background());
  }

  @Override
  public Publisher<Long> createFailedFlowPublisher() {
    var ctx = Context.background().withCancel();
    ctx.cancel(); // its end is an error without demand, as these tests want it
    return Publishers.of(Publishers.pipeline(createFlowPublisher(1), 3), ctx);
  }
}
