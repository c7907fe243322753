package dev.runnel.linear;

import dev.runnel.CancelContext;
import dev.runnel.Case;
import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.ReceiveCase;
import dev.runnel.ReceiveResult;
import dev.runnel.Select;
import dev.runnel.linear.Op.Way;
import dev.runnel.linear.Result.Batch;
import dev.runnel.linear.Result.Ended;
import dev.runnel.linear.Result.Item;
import dev.runnel.linear.Result.Length;
import dev.runnel.linear.Result.Mark;
import dev.runnel.linear.Result.Nothing;
import dev.runnel.linear.Result.Value;
import dev.runnel.linear.Result.Went;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Runnel's own channels. */
final class RunnelSubject implements Subject {
  private static final int LONGEST_WAIT_NANOS = 40_000;

  private final List<Chan<Integer>> channels = new ArrayList<>();
  private final CancelContext context = Context.background().withCancel();

  RunnelSubject(List<Kind> kinds) {
    for (Kind kind : kinds) {
      Chan<Integer> channel =
          kind.capacity() == Kind.UNBOUNDED
              ? Chan.unbounded()
              : Chan.buffered(kind.capacity(), kind.overflow());
      for (int i = 0; i < kind.filled(); i++) {
        channel.trySend(Kind.filledWith(i));
      }
      channels.add(channel);
    }
  }

  @Override
  public Result perform(Op op) throws InterruptedException {
    return switch (op.kind()) {
      case PLAIN -> plain(op, op.ways().getFirst());
      case SELECT -> select(op);
      case SELECT_IN_ORDER -> selectInOrder(op);
      case BATCH -> batch(op, channels.get(op.ways().getFirst().channel()));
      case CLOSE -> close(op.target());
      case FAIL -> new Ended(channels.get(op.target()).fail(new IllegalStateException()));
      case LENGTH -> new Length(channels.get(op.target()).length());
      case INTERRUPT, AWAIT_WAITING -> throw new AssertionError(op);
    };
  }

  private Result plain(Op op, Way way) throws InterruptedException {
    Chan<Integer> channel = channels.get(way.channel());
    try {
      return way.sends() ? send(op, channel, way.value()) : receive(op, channel);
    } catch (ContextException e) {
      return Nothing.GAVE_UP;
    } catch (ChannelFailedException e) {
      return new Went(0, Mark.FAILED);
    } catch (ChannelClosedException e) {
      return new Went(0, Mark.CLOSED);
    }
  }

  private Result send(Op op, Chan<Integer> channel, int value) throws InterruptedException {
    boolean went =
        switch (op.patience()) {
          case NONE -> channel.trySend(value);
          case ZERO -> channel.send(value, Duration.ZERO);
          case TIMED -> channel.send(value, tinyTime());
          case UNBOUNDED -> {
            channel.send(value);
            yield true;
          }
          case UNTIL_CONTEXT_ENDS -> {
            channel.send(value, context);
            yield true;
          }
        };
    return went ? new Went(0, Mark.SENT) : Nothing.NOTHING;
  }

  private Result receive(Op op, Chan<Integer> channel) throws InterruptedException {
    return switch (op.patience()) {
      case NONE -> result(channel.tryReceive());
      case ZERO -> result(channel.receive(Duration.ZERO));
      case TIMED -> result(channel.receive(tinyTime()));
      case UNBOUNDED -> new Went(0, item(channel.receive()));
      case UNTIL_CONTEXT_ENDS -> new Went(0, item(channel.receive(context)));
    };
  }

  private static Item item(Integer valueOrNull) {
    return valueOrNull == null ? Mark.END : new Value(valueOrNull);
  }

  private static Result result(ReceiveResult<Integer> result) {
    return switch (result) {
      case ReceiveResult.Value<Integer>(Integer value) -> new Went(0, new Value(value));
      case ReceiveResult.Closed<Integer>(Throwable cause) ->
          new Went(0, cause == null ? Mark.END : Mark.FAILED);
      case ReceiveResult.Empty<Integer> _ -> Nothing.NOTHING;
    };
  }

  private static Result batch(Op op, Chan<Integer> channel) throws InterruptedException {
    List<Integer> values = new ArrayList<>();
    try {
      int count = channel.receiveUpTo(op.target(), values);
      if (count != values.size()) {
        throw new AssertionError(count + " received, " + values.size() + " given");
      }
    } catch (ChannelFailedException e) {
      return new Went(0, Mark.FAILED);
    }
    return values.isEmpty() ? new Went(0, Mark.END) : new Batch(values);
  }

  private Result select(Op op) throws InterruptedException {
    List<Case<Result>> cases = new ArrayList<>();
    for (int i = 0; i < op.ways().size(); i++) {
      cases.add(caseOf(op.ways().get(i), i));
    }
    switch (op.patience()) {
      case NONE -> cases.add(Select.otherwiseGet(() -> Nothing.NOTHING));
      case ZERO -> cases.add(Select.afterGet(Duration.ZERO, () -> Nothing.NOTHING));
      case TIMED -> cases.add(Select.afterGet(tinyTime(), () -> Nothing.NOTHING));
      case UNBOUNDED -> {}
      case UNTIL_CONTEXT_ENDS ->
          cases.add(context.onDone().map(_ -> Nothing.GAVE_UP, () -> Nothing.GAVE_UP));
    }
    try {
      return Select.select(array(cases));
    } catch (ChannelFailedException e) {
      return new Went(failedWay(op), Mark.FAILED);
    } catch (ChannelClosedException e) {
      return new Went(Went.UNKNOWN_WAY, Mark.CLOSED);
    }
  }

  private Result selectInOrder(Op op) throws InterruptedException {
    List<Case<?>> cases = new ArrayList<>();
    for (Way way : op.ways()) {
      Chan<Integer> channel = channels.get(way.channel());
      cases.add(way.sends() ? channel.onSend(way.value()) : channel.onReceive());
    }
    if (op.patience() == Op.Patience.UNTIL_CONTEXT_ENDS) {
      cases.add(context.onDone());
    }
    Select select = Select.inOrder(cases.toArray(Case<?>[]::new));
    Case<?> winner;
    try {
      winner =
          switch (op.patience()) {
            case NONE -> select.poll();
            case ZERO -> select.await(Duration.ZERO);
            case TIMED -> select.await(tinyTime());
            case UNBOUNDED, UNTIL_CONTEXT_ENDS -> select.await();
          };
    } catch (ChannelFailedException e) {
      return new Went(failedWay(op), Mark.FAILED);
    } catch (ChannelClosedException e) {
      return new Went(Went.UNKNOWN_WAY, Mark.CLOSED);
    }
    int index = cases.indexOf(winner);
    if (index == op.ways().size()) {
      return Nothing.GAVE_UP;
    }
    return switch (winner) {
      case null -> Nothing.NOTHING;
      case ReceiveCase<?> received ->
          new Went(index, received.closed() ? Mark.END : new Value((Integer) received.value()));
      default -> new Went(index, Mark.SENT);
    };
  }

  /** The exception does not say which way failed; if only one receives, it is that. */
  private static int failedWay(Op op) {
    return op.ways().get(0).sends() ? 1 : op.ways().get(1).sends() ? 0 : Went.UNKNOWN_WAY;
  }

  private Case<Result> caseOf(Way way, int index) {
    Chan<Integer> channel = channels.get(way.channel());
    return way.sends()
        ? channel.onSend(way.value()).map(() -> new Went(index, Mark.SENT))
        : channel
            .onReceive()
            .map(v -> new Went(index, new Value(v)), () -> new Went(index, Mark.END));
  }

  @SuppressWarnings("unchecked") // as good as generic arrays get
  private static Case<Result>[] array(List<Case<Result>> cases) {
    return cases.toArray(Case[]::new);
  }

  private Result close(int c) {
    try {
      channels.get(c).close();
      return new Ended(true);
    } catch (ChannelClosedException e) {
      return new Ended(false);
    }
  }

  private static Duration tinyTime() {
    return Duration.ofNanos(ThreadLocalRandom.current().nextInt(LONGEST_WAIT_NANOS));
  }

  @Override
  public void endContext() {
    context.cancel();
  }
}
