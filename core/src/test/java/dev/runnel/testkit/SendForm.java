package dev.runnel.testkit;

import dev.runnel.Context;
import dev.runnel.Select;
import dev.runnel.SendChan;
import java.time.Duration;
import java.util.List;

/** Every way to send one value that may wait: what holds for one should hold for all. */
@SuppressWarnings("ImmutableEnumChecker") // the lambdas hold nothing
public enum SendForm {
  SEND((value, chan) -> chan.send(value)),
  UNDER_CONTEXT((value, chan) -> {
    try (var ctx = Context.background().withCancel()) {
      chan.send(value, ctx);
    }
  }),
  TIMED((value, chan) -> chan.send(value, Duration.ofDays(1))),
  ALL((value, chan) -> chan.sendAll(List.of(value))),
  SELECT((value, chan) -> Select.select(chan.onSend(value))),
  REUSABLE_SELECT((value, chan) -> Select.of(chan.onSend(value)).await());

  private interface Form {
    void to(Integer value, SendChan<Integer> chan) throws Exception;
  }

  private final Form form;

  SendForm(Form form) {
    this.form = form;
  }

  /** Sends a value. */
  public void send(Integer value, SendChan<Integer> chan) throws Exception {
    form.to(value, chan);
  }
}
