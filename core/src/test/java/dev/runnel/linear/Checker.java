package dev.runnel.linear;

import dev.runnel.linear.Call.Fate;
import dev.runnel.linear.Op.Patience;
import dev.runnel.linear.Op.Way;
import dev.runnel.linear.Result.Batch;
import dev.runnel.linear.Result.Ended;
import dev.runnel.linear.Result.Item;
import dev.runnel.linear.Result.Length;
import dev.runnel.linear.Result.Mark;
import dev.runnel.linear.Result.Nothing;
import dev.runnel.linear.Result.Value;
import dev.runnel.linear.Result.Went;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for an order of the calls' steps that the model can go through and that explains every
 * result: the search of Wing and Gong with Lowe's memory of what was tried.
 *
 * <p>A call that waits has two steps, as in Scherer and Scott's dual data structures: its request,
 * which takes its place among the waiters, and, if it gave up, its withdrawal. In between, a step
 * of another call may serve it. A batch has a step for each of its values, and, if it could have
 * taken more, one that finds none. A step happens between its call and its return; so a step may
 * come next unless a call that still has steps to do returned before it was called. A call that was
 * stuck at the end must then be waiting.
 */
final class Checker {
  private static final int NOTHING_DONE = 0;

  /** It has made its request. A batch that has taken n values is n phases further. */
  private static final int WAITING = 1;

  private final List<List<Call>> calls;
  private final int threads;
  private final Set<String> tried = new HashSet<>();

  private Checker(List<List<Call>> calls) {
    this.calls = calls;
    this.threads = calls.size();
  }

  /** Whether there is such an order. */
  static boolean explains(Program program, List<List<Call>> calls) {
    return new Checker(calls)
        .search(new Model(program), new int[calls.size()], new int[calls.size()]);
  }

  /**
   * @param at for each thread, the number of its first call that has steps to do
   * @param phase what that call has done: nothing, made its request, or, for a batch, taken values
   */
  private boolean search(Model model, int[] at, int[] phase) {
    if (!tried.add(Arrays.toString(at) + Arrays.toString(phase) + model)) {
      return false;
    }
    boolean complete = true;
    for (int t = 0; t < threads; t++) {
      Call call = next(t, at);
      if (call == null || (call.fate == Fate.STUCK && phase[t] == WAITING)) {
        continue;
      }
      complete = false;
      if (inTime(call, at, phase) && step(model, call, at, phase)) {
        return true;
      }
    }
    return complete;
  }

  private Call next(int t, int[] at) {
    return at[t] < calls.get(t).size() ? calls.get(t).get(at[t]) : null;
  }

  /** Whether nobody with steps to do had to do them before this call began. */
  private boolean inTime(Call call, int[] at, int[] phase) {
    for (int t = 0; t < threads; t++) {
      Call other = next(t, at);
      if (other != null) {
        int deadline = phase[t] == NOTHING_DONE ? other.requestedBy() : other.returned;
        if (other.fate == Fate.STUCK && phase[t] == WAITING) {
          continue;
        }
        if (deadline < call.called) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean step(Model model, Call call, int[] at, int[] phase) {
    int t = call.thread;
    if (phase[t] > WAITING) {
      return takeMore(model, call, at, phase);
    }
    if (phase[t] == WAITING) {
      return mayWithdraw(call) && goOn(model.withdraw(t), call, at, phase);
    }
    Op op = call.op;
    return switch (op.kind()) {
      case CLOSE, FAIL -> {
        boolean first = !model.hasEnded(op.target());
        Model after = first ? model.end(op.target(), op.kind() == Op.Kind.FAIL) : model.unchanged();
        yield call.result.equals(new Ended(first)) && goOn(after, call, at, phase);
      }
      case LENGTH ->
          call.result.equals(new Length(model.length(op.target())))
              && goOn(model.unchanged(), call, at, phase);
      default -> request(model, call, at, phase);
    };
  }

  private static boolean mayWithdraw(Call call) {
    return call.fate == Fate.GAVE_UP
        || (call.result == Nothing.NOTHING && call.op.patience() == Patience.TIMED);
  }

  private boolean request(Model model, Call call, int[] at, int[] phase) {
    if (call.fate == Fate.GAVE_UP
        && call.seenWaiting == Integer.MAX_VALUE
        && goOn(model.unchanged(), call, at, phase)) {
      return true; // it gave up on entry
    }
    boolean anyReady = false;
    for (int i = 0; i < call.op.ways().size(); i++) {
      Way way = call.op.ways().get(i);
      if (model.isReady(way)) {
        anyReady = true;
        Model.Step step = model.go(way);
        if (explains(call, i, step.item()) && wentOn(step.after(), call, at, phase)) {
          return true;
        }
        if (call.op.kind() == Op.Kind.SELECT_IN_ORDER) {
          break; // the later ones must not be gone
        }
      }
    }
    if (anyReady) {
      return false;
    }
    if (call.op.patience() == Patience.NONE || call.op.patience() == Patience.ZERO) {
      return call.result == Nothing.NOTHING && goOn(model.unchanged(), call, at, phase);
    }
    int[] nowPhase = phase.clone();
    nowPhase[call.thread] = WAITING;
    return search(model.enqueue(call.thread, call.op), at, nowPhase);
  }

  /** Whether a call can have brought what it did by going a way that brought this. */
  private static boolean explains(Call call, int way, Item item) {
    if (call.result instanceof Batch(List<Integer> values)) {
      return item.equals(new Value(values.getFirst()));
    }
    if (item == Mark.DROPPED) {
      return call.op.tellsOfDrops()
          ? call.result == Nothing.NOTHING
          : new Went(way, Mark.SENT).matches(call.result);
    }
    return new Went(way, item).matches(call.result);
  }

  /** A call has gone a way: it is done, unless it is a batch, which may take more. */
  private boolean wentOn(Model model, Call call, int[] at, int[] phase) {
    int taken = Math.max(0, phase[call.thread] - WAITING) + 1;
    if (isDone(call, taken)) {
      return goOn(model, call, at, phase);
    }
    int[] nowPhase = phase.clone();
    nowPhase[call.thread] = WAITING + taken;
    return afterServing(model, at, nowPhase);
  }

  private static boolean isDone(Call call, int taken) {
    return !(call.result instanceof Batch(List<Integer> values))
        || (taken == values.size() && taken == call.op.target());
  }

  /** A batch takes another value, or finds that there is none. */
  private boolean takeMore(Model model, Call call, int[] at, int[] phase) {
    List<Integer> values = ((Batch) call.result).values();
    int taken = phase[call.thread] - WAITING;
    Way way = call.op.ways().getFirst();
    if (taken == values.size()) {
      return !model.hasValue(way.channel()) && goOn(model.unchanged(), call, at, phase);
    }
    if (!model.hasValue(way.channel())) {
      return false;
    }
    Model.Step step = model.go(way);
    return step.item().equals(new Value(values.get(taken)))
        && wentOn(step.after(), call, at, phase);
  }

  /** The call has done its last step. */
  private boolean goOn(Model model, Call call, int[] at, int[] phase) {
    int[] nowAt = at.clone();
    int[] nowPhase = phase.clone();
    nowAt[call.thread]++;
    nowPhase[call.thread] = NOTHING_DONE;
    return afterServing(model, nowAt, nowPhase);
  }

  /** Those whom the last step has served are done too, or have begun their batch. */
  private boolean afterServing(Model model, int[] at, int[] phase) {
    int[] nowAt = at.clone();
    int[] nowPhase = phase.clone();
    for (int t = 0; t < threads; t++) {
      Went with = model.served(t);
      if (with != null) {
        Call its = next(t, at);
        if (its.fate != Fate.DONE || !explains(its, with.way(), with.item())) {
          return false;
        }
        if (isDone(its, 1)) {
          nowAt[t]++;
          nowPhase[t] = NOTHING_DONE;
        } else {
          nowPhase[t] = WAITING + 1;
        }
      }
    }
    return search(model, nowAt, nowPhase);
  }
}
