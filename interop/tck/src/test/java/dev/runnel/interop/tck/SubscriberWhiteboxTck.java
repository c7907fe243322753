package dev.runnel.interop.tck;

import dev.runnel.ReceiveResult.Value;
import dev.runnel.interop.ReceivingSubscriber;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.reactivestreams.tck.SubscriberWhiteboxVerification.SubscriberPuppet;
import org.reactivestreams.tck.SubscriberWhiteboxVerification.WhiteboxSubscriberProbe;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowSubscriberWhiteboxVerification;

/** A subscriber whose values are received from a channel, with a probe beside it. */
public class SubscriberWhiteboxTck extends FlowSubscriberWhiteboxVerification<Integer> {

  public SubscriberWhiteboxTck() {
    super(new TestEnvironment(Tcks.TIMEOUT_MILLIS, Tcks.QUIET_MILLIS));
  }

  @Override
  protected Subscriber<Integer> createFlowSubscriber(WhiteboxSubscriberProbe<Integer> probe) {
    return new Probed(probe);
  }

  @Override
  public Integer createElement(int element) {
    return element;
  }

  /** Passes each signal on, then tells the probe. */
  private static final class Probed implements Subscriber<Integer>, SubscriberPuppet {
    private final ReceivingSubscriber<Integer> subscriber = ReceivingSubscriber.create(1);
    private final WhiteboxSubscriberProbe<Integer> probe;

    Probed(WhiteboxSubscriberProbe<Integer> probe) {
      this.probe = probe;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscriber.onSubscribe(subscription);
      probe.registerOnSubscribe(this);
    }

    @Override
    public void onNext(Integer value) {
      subscriber.onNext(value);
      if (subscriber.channel().tryReceive() instanceof Value<Integer>(Integer received)) {
        probe.registerOnNext(received); // and if not, the TCK misses it, unless this is closed
      }
    }

    @Override
    public void onError(Throwable cause) {
      subscriber.onError(cause);
      probe.registerOnError(cause);
    }

    @Override
    public void onComplete() {
      subscriber.onComplete();
      probe.registerOnComplete();
    }

    @Override
    public void triggerRequest(long elements) {
      // It has asked for the first by itself, and asks for another whenever one is received.
    }

    @Override
    public void signalCancel() {
      subscriber.close();
    }
  }
}
