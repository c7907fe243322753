package dev.runnel.interop;

import dev.runnel.testkit.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A subscriber that keeps what it is signalled, and asks only when it is told to. */
class Recorder<T> implements Subscriber<T> {
  final List<T> values = new CopyOnWriteArrayList<>();
  private final Consumer<? super T> with;
  private volatile @Nullable Subscription subscription;
  private volatile @Nullable Throwable error;
  private volatile boolean completed;

  Recorder() {
    this(_ -> {});
  }

  /** One that does something with each value. */
  Recorder(Consumer<? super T> with) {
    this.with = with;
  }

  Subscription subscription() {
    Subscription its = subscription;
    if (its == null) {
      throw new AssertionError("not subscribed");
    }
    return its;
  }

  @Override
  public void onSubscribe(Subscription its) {
    subscription = its;
  }

  @Override
  public void onNext(T value) {
    values.add(value);
    with.accept(value);
  }

  @Override
  public void onError(Throwable cause) {
    error = cause;
  }

  @Override
  public void onComplete() {
    completed = true;
  }

  boolean ended() {
    return completed || error != null;
  }

  List<T> awaitValues(int count) {
    Eventually.that(count + " values, not " + values, () -> values.size() >= count);
    return new ArrayList<>(values);
  }

  void awaitCompletion() {
    Eventually.that("completion", this::ended);
    if (error != null) {
      throw new AssertionError("failed instead of completed", error);
    }
  }

  Throwable awaitError() {
    Eventually.that("an error", this::ended);
    Throwable cause = error;
    if (cause == null) {
      throw new AssertionError("completed instead of failed");
    }
    return cause;
  }
}
