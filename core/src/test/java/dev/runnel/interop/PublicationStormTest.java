package dev.runnel.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.pipeline.Pipeline;
import dev.runnel.testkit.Accounted;
import dev.runnel.testkit.Actor;
import dev.runnel.testkit.Channels;
import dev.runnel.testkit.Goroutines;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Subscribers that ask and cancel at random times: every value is accounted for. */
@Timeout(120)
@ExtendWith(Accounted.class)
class PublicationStormTest {
  private static final int ROUNDS = 300;
  private static final int VALUES = 50;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Context ctx = Context.background();

  @Test
  void whoCancelsAtARandomTimeLosesOneValueAtMost() throws Exception {
    int lost = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Chan<Integer> chan = Channels.full(VALUES);
      Recorder<Integer> recorder = new Recorder<>();
      Publishers.of(chan, ctx).subscribe(recorder);
      List<Integer> requests = random.ints(random.nextInt(8), 1, 10).boxed().toList();
      Actor asking = kind().start(() -> requests.forEach(n -> recorder.subscription().request(n)));
      Actor cancelling = cancelling(recorder, random.nextInt(2000));
      asking.join();
      cancelling.join();
      Goroutines.awaitNoOthers();

      List<Integer> delivered = recorder.values;
      List<Integer> left = Channels.drain(chan);
      int asked = requests.stream().mapToInt(n -> n).sum();
      assertThat(delivered).as("seed %s", seed).hasSizeLessThanOrEqualTo(asked);
      assertThat(VALUES - delivered.size() - left.size()).as("seed %s", seed).isBetween(0, 1);
      lost += VALUES - delivered.size() - left.size();
      assertThat(delivered)
          .as("seed %s", seed)
          .containsExactlyElementsOf(IntStream.range(0, delivered.size()).boxed().toList());
      assertThat(left)
          .as("seed %s", seed)
          .containsExactlyElementsOf(
              IntStream.range(VALUES - left.size(), VALUES).boxed().toList());
      assertThat(recorder.ended()).as("seed %s", seed).isFalse();
    }
    assertThat(lost).as("seed %s: only at the moment of cancelling", seed).isLessThan(ROUNDS);
  }

  @Test
  void aSubscriberThatIsClosedAtARandomTimeLeavesNothingRunning() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      ReceivingSubscriber<Integer> subscriber = ReceivingSubscriber.create(1 + random.nextInt(5));
      Publishers.of(Pipeline.range(0, VALUES).mapParallel(2, n -> n), ctx).subscribe(subscriber);
      List<Integer> received = new ArrayList<>();
      int most = random.nextInt(VALUES + 10);
      for (Integer value = 0; value != null && received.size() < most; ) {
        value = subscriber.channel().receive();
        if (value != null) {
          received.add(value);
        }
      }
      subscriber.close();
      Goroutines.awaitNoOthers();
      assertThat(received)
          .as("seed %s", seed)
          .containsExactlyElementsOf(IntStream.range(0, Math.min(most, VALUES)).boxed().toList());
    }
  }

  private Actor cancelling(Recorder<?> recorder, int spins) {
    return kind()
        .start(() -> {
          for (int i = 0; i < spins; i++) {
            Thread.onSpinWait();
          }
          recorder.subscription().cancel();
        });
  }

  private Actor.Kind kind() {
    return random.nextBoolean() ? Actor.Kind.VIRTUAL : Actor.Kind.PLATFORM;
  }
}
