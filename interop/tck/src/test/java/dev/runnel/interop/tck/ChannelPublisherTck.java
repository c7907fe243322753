package dev.runnel.interop.tck;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.interop.Publishers;
import dev.runnel.pattern.Generators;
import java.util.concurrent.Flow.Publisher;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;

/** A channel as a publisher. */
public class ChannelPublisherTck extends FlowPublisherVerification<Integer> {

  public ChannelPublisherTck() {
    super(new TestEnvironment(Tcks.TIMEOUT_MILLIS, Tcks.QUIET_MILLIS));
  }

  @Override
  public Publisher<Integer> createFlowPublisher(long elements) {
    return Publishers.of(
        elements == Long.MAX_VALUE
            ? Generators.repeat(1)
            : Generators.range(0, Math.toIntExact(elements)),
        Context.background());
  }

  @Override
  public Publisher<Integer> createFailedFlowPublisher() {
    var ctx = Context.background().withCancel();
    ctx.cancel(); // its end is an error without demand, as these tests want it
    return Publishers.of(Chan.<Integer>unbuffered(), ctx);
  }
}
