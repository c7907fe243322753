package dev.runnel.linear;

import dev.runnel.linear.Call.Fate;
import dev.runnel.linear.Op.Patience;
import dev.runnel.linear.Op.Way;
import dev.runnel.linear.Result.Ended;
import dev.runnel.linear.Result.Length;
import dev.runnel.linear.Result.Nothing;
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
 * of another call may serve it. A step happens between its call and its return; so a step may come
 * next unless a call that still has steps to do returned before it was called. A call that was
 * stuck at the end must then be waiting.
 */
final class Checker {
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
        .search(new Model(program), new int[calls.size()], new boolean[calls.size()]);
  }

  /**
   * @param at for each thread, the number of its first call that has steps to do
   * @param waiting whether that call has made its request
   */
  private boolean search(Model model, int[] at, boolean[] waiting) {
    if (!tried.add(Arrays.toString(at) + Arrays.toString(waiting) + model)) {
      return false;
    }
    boolean complete = true;
    for (int t = 0; t < threads; t++) {
      Call call = next(t, at);
      if (call == null || (call.fate == Fate.STUCK && waiting[t])) {
        continue;
      }
      complete = false;
      if (inTime(call, at, waiting) && step(model, call, at, waiting)) {
        return true;
      }
    }
    return complete;
  }

  private Call next(int t, int[] at) {
    return at[t] < calls.get(t).size() ? calls.get(t).get(at[t]) : null;
  }

  /** Whether nobody with steps to do had to do them before this call began. */
  private boolean inTime(Call call, int[] at, boolean[] waiting) {
    for (int t = 0; t < threads; t++) {
      Call other = next(t, at);
      if (other != null) {
        int deadline = waiting[t] ? other.returned : other.requestedBy();
        if (other.fate == Fate.STUCK && waiting[t]) {
          continue;
        }
        if (deadline < call.called) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean step(Model model, Call call, int[] at, boolean[] waiting) {
    int t = call.thread;
    if (waiting[t]) {
      return mayWithdraw(call) && goOn(model.withdraw(t), call, at, waiting);
    }
    Op op = call.op;
    return switch (op.kind()) {
      case CLOSE, FAIL -> {
        boolean first = !model.hasEnded(op.target());
        Model after = first ? model.end(op.target(), op.kind() == Op.Kind.FAIL) : model.unchanged();
        yield call.result.equals(new Ended(first)) && goOn(after, call, at, waiting);
      }
      case LENGTH ->
          call.result.equals(new Length(model.length(op.target())))
              && goOn(model.unchanged(), call, at, waiting);
      default -> request(model, call, at, waiting);
    };
  }

  private static boolean mayWithdraw(Call call) {
    return call.fate == Fate.GAVE_UP
        || (call.result == Nothing.NOTHING && call.op.patience() == Patience.TIMED);
  }

  private boolean request(Model model, Call call, int[] at, boolean[] waiting) {
    if (call.fate == Fate.GAVE_UP
        && call.seenWaiting == Integer.MAX_VALUE
        && goOn(model.unchanged(), call, at, waiting)) {
      return true; // it gave up on entry
    }
    boolean anyReady = false;
    for (int i = 0; i < call.op.ways().size(); i++) {
      Way way = call.op.ways().get(i);
      if (model.isReady(way)) {
        anyReady = true;
        Model.Step step = model.go(way);
        if (new Went(i, step.item()).matches(call.result)
            && goOn(step.after(), call, at, waiting)) {
          return true;
        }
      }
    }
    if (anyReady) {
      return false;
    }
    if (call.op.patience() == Patience.NONE) {
      return call.result == Nothing.NOTHING && goOn(model.unchanged(), call, at, waiting);
    }
    boolean[] nowWaiting = waiting.clone();
    nowWaiting[call.thread] = true;
    return search(model.enqueue(call.thread, call.op), at, nowWaiting);
  }

  /** The call has done its last step; so have those that it served. */
  private boolean goOn(Model model, Call call, int[] at, boolean[] waiting) {
    int[] nowAt = at.clone();
    boolean[] nowWaiting = waiting.clone();
    nowAt[call.thread]++;
    nowWaiting[call.thread] = false;
    for (int t = 0; t < threads; t++) {
      Went with = model.served(t);
      if (with != null) {
        Call its = next(t, at);
        if (its.fate != Fate.DONE || !with.matches(its.result)) {
          return false;
        }
        nowAt[t]++;
        nowWaiting[t] = false;
      }
    }
    return search(model, nowAt, nowWaiting);
  }
}
