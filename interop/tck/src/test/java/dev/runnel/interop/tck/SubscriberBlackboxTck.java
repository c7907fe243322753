package dev.runnel.interop.tck;

import dev.runnel.interop.ReceivingSubscriber;
import java.util.concurrent.Flow.Subscriber;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;

/** A subscriber whose values are received from a channel, seen from outside. */
public class SubscriberBlackboxTck extends FlowSubscriberBlackboxVerification<Integer> {

  public SubscriberBlackboxTck() {
    super(new TestEnvironment(Tcks.TIMEOUT_MILLIS, Tcks.QUIET_MILLIS));
  }

  @Override
  public Subscriber<Integer> createFlowSubscriber() {
    return ReceivingSubscriber.create(2);
  }

  @Override
  public void triggerFlowRequest(Subscriber<? super Integer> subscriber) {
    ((ReceivingSubscriber<?>) subscriber).channel().tryReceive();
  }

  @Override
  public Integer createElement(int element) {
    return element;
  }
}
