package dev.runnel.testkit;

import dev.runnel.Context;
import dev.runnel.ReceiveChan;
import dev.runnel.Select;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every way to receive one value that may wait: what holds for one should hold for all. */
@SuppressWarnings("ImmutableEnumChecker") // the lambdas hold nothing
public enum ReceiveForm {
  RECEIVE(ReceiveChan::receive),
  OR_THROW(ReceiveChan::receiveOrThrow),
  UNDER_CONTEXT(chan -> {
    try (var ctx = Context.background().withCancel()) {
      return chan.receive(ctx);
    }
  }),
  TIMED(chan -> chan.receive(Duration.ofDays(1)).orNull()),
  UP_TO(chan -> {
    List<Integer> into = new ArrayList<>();
    return chan.receiveUpTo(1, into) == 0 ? null : into.getFirst();
  }),
  ITERATOR(chan -> {
    var values = chan.iterator();
    return values.hasNext() ? values.next() : null;
  }),
  STREAM(chan -> chan.stream().findFirst().orElse(null)),
  SELECT(chan -> Select.select(chan.onReceive())),
  REUSABLE_SELECT(chan -> {
    var received = chan.onReceive();
    var _ = Select.of(received).await();
    return received.closed() ? null : received.value();
  });

  private interface Form {
    @Nullable Integer from(ReceiveChan<Integer> chan) throws Exception;
  }

  private final Form form;

  ReceiveForm(Form form) {
    this.form = form;
  }

  /** Receives a value; null if the channel is closed and drained. */
  public @Nullable Integer from(ReceiveChan<Integer> chan) throws Exception {
    return form.from(chan);
  }

  /** Whether it reports an interrupt by an unchecked exception, and leaves the flag set. */
  public boolean iterates() {
    return this == ITERATOR || this == STREAM;
  }
}
