package dev.runnel.internal.pipeline;

import dev.runnel.Chan;
import dev.runnel.Select;
import dev.runnel.internal.time.Clock;
import dev.runnel.pipeline.Transform;
import dev.runnel.time.RateLimiter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Stages that go by the time. */
public final class Timings {

  private Timings() {}

  /** The time, at regular intervals. */
  public static Stage<Instant> tick(long period) {
    return out -> {
      try (Bell bell = Bell.open()) {
        bell.ringEvery(period);
        Instant time;
        do {
          time = bell.channel().receive();
        } while (time != null && out.put(time));
      }
    };
  }

  /** All values, but no more than so many in any period. */
  public static <T> Stage<T> throttle(Stage<T> up, int count, long period) {
    return out -> {
      try (Bell bell = Bell.open()) {
        up.run(
            new Outlet<T>() {
              private final long[] times = new long[count];
              private long passed;

              @Override
              public boolean put(T value) throws Exception {
                int place = (int) (passed % count);
                if (passed >= count) {
                  awaitFor(times[place] + period - bell.nanos());
                }
                passed++;
                times[place] = bell.nanos();
                return out.put(value);
              }

              private void awaitFor(long nanos) throws InterruptedException {
                if (nanos > 0) {
                  bell.ringIn(nanos);
                  bell.channel().receive();
                }
              }
            });
      }
    };
  }

  /** All values, each when a limiter lets it. */
  public static <T> Stage<T> rateLimit(Stage<T> up, Label label, RateLimiter limiter) {
    return out ->
        up.run(value -> {
          label.run(() -> limiter.await());
          return out.put(value);
        });
  }

  /** All values; a failure when none comes for too long. */
  public static <T> Stage<T> timeout(Stage<T> up, Label label, long nanos, String time) {
    return out -> {
      Chan<T> chan = Chan.unbuffered();
      try (Section section = Section.open();
          Deadline deadline = new Deadline()) {
        section.feed(up, chan);
        var value = chan.onReceive();
        Select select = Select.inOrder(value, deadline.channel().onReceive());
        do {
          deadline.in(nanos); // from now: the time that downstream takes is not counted
          while (section.choose(select) != value) {
            if (deadline.passed()) {
              throw label.failure(new TimeoutException("no value within " + time));
            }
          }
        } while (!value.closed() && out.put(value.value()));
      }
    };
  }

  /** The values after which none comes for a time, and the last. */
  public static <T> Stage<T> debounce(
      Stage<T> up, Label label, Transform<? super T, Duration> quiet) {
    return out -> {
      Chan<T> chan = Chan.unbuffered();
      try (Section section = Section.open();
          Deadline deadline = new Deadline()) {
        section.feed(up, chan);
        var value = chan.onReceive();
        Select select = Select.inOrder(value, deadline.channel().onReceive());
        T latest = null;
        while (true) {
          boolean came = section.choose(select) == value;
          boolean ended = came && value.closed();
          boolean due = ended;
          if (came && !ended) {
            latest = value.value();
            long nanos = Clock.nanos(label.<T, Duration>apply(quiet, latest));
            deadline.in(nanos);
            due = nanos == 0;
          } else if (!ended) {
            due = deadline.passed();
          }
          if (due && latest != null && !out.put(latest)) {
            return;
          }
          if (ended) {
            return;
          }
          latest = due ? null : latest;
        }
      }
    };
  }

  /** The latest value, at regular intervals, unless there is no new one. */
  public static <T> Stage<T> sample(Stage<T> up, long period) {
    return out -> {
      Chan<T> chan = Chan.unbuffered();
      try (Section section = Section.open();
          Bell bell = Bell.open()) {
        bell.ringEvery(period);
        section.feed(up, chan);
        var value = chan.onReceive();
        Select select = Select.of(value, bell.channel().onReceive());
        T latest = null;
        while (true) {
          if (section.choose(select) == value) {
            if (value.closed()) {
              return;
            }
            latest = value.value();
          } else if (latest != null) {
            if (!out.put(latest)) {
              return;
            }
            latest = null;
          }
        }
      }
    };
  }

  /** Lists of values that weigh so much together, or have waited for so long. */
  public static <T> Stage<List<T>> groupedWithin(
      Stage<T> up, Label label, long weight, long nanos, Transform<? super T, Long> weigh) {
    return out -> {
      Chan<T> chan = Chan.unbuffered();
      try (Section section = Section.open();
          Deadline deadline = new Deadline()) {
        section.feed(up, chan);
        var value = chan.onReceive();
        Select select = Select.of(value, deadline.channel().onReceive());
        List<T> group = new ArrayList<>();
        long gathered = 0;
        while (true) {
          boolean came = section.choose(select) == value;
          T next = came && !value.closed() ? value.value() : null;
          if (next != null) {
            if (group.isEmpty()) {
              deadline.in(nanos);
            }
            group.add(next);
            gathered += Gatherings.weighed(label, weigh, next);
          }
          if (came ? next == null || gathered >= weight : deadline.passed()) {
            deadline.never();
            if (!group.isEmpty() && !out.put(group)) {
              return;
            }
            group = new ArrayList<>();
            gathered = 0;
          }
          if (came && next == null) {
            return;
          }
        }
      }
    };
  }
}
