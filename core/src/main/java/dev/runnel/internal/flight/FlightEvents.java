package dev.runnel.internal.flight;

import dev.runnel.internal.hook.Flight;
import dev.runnel.internal.park.WaitReason;
import dev.runnel.internal.park.Waiter;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of what it is told. It is in force while there is a recording, and not loaded
 * before: to load the class of an event takes the JDK half a second, if it is the first.
 */
final class FlightEvents extends Flight {
  private static final FlightEvents EVENTS = new FlightEvents();

  private FlightEvents() {}

  /** Is told of recordings. */
  static final class Listener implements FlightRecorderListener {

    /** Listens from now on, and looks whether there is a recording already. */
    static void listen() {
      FlightRecorder.addListener(new Listener());
      if (FlightRecorder.isInitialized()) {
        look();
      }
    }

    @Override
    public void recordingStateChanged(Recording recording) {
      look();
    }

    private static void look() {
      boolean on =
          FlightRecorder.getFlightRecorder().getRecordings().stream()
              .anyMatch(r -> r.getState() == RecordingState.RUNNING);
      Flight.current(on ? EVENTS : null);
    }
  }

  static {
    // So that a recording has their settings from its first moment.
    FlightRecorder.register(GoroutineStartEvent.class);
    FlightRecorder.register(GoroutineEndEvent.class);
    FlightRecorder.register(BlockedEvent.class);
    FlightRecorder.register(SelectEvent.class);
    FlightRecorder.register(ContextCancelledEvent.class);
  }

  @Override
  public void starts(long id, String name) {
    GoroutineStartEvent event = new GoroutineStartEvent();
    if (event.isEnabled()) {
      event.goroutine = id;
      event.name = name;
      event.commit();
    }
  }

  @Override
  public void ends(long id, String name, @Nullable Throwable failure) {
    GoroutineEndEvent event = new GoroutineEndEvent();
    if (event.isEnabled()) {
      event.goroutine = id;
      event.name = name;
      event.failure = failure == null ? null : failure.toString();
      event.commit();
    }
  }

  @Override
  public void cancels(Object context, boolean late, @Nullable Throwable cause) {
    ContextCancelledEvent event = new ContextCancelledEvent();
    if (event.isEnabled()) {
      event.context = context.toString();
      event.deadline = late;
      event.cause = cause == null ? null : cause.toString();
      event.commit();
    }
  }

  @Override
  protected @Nullable Runnable waits(Waiter waiter) {
    return waiter.reason() == WaitReason.SELECT ? selects(waiter) : blocks(waiter);
  }

  private static @Nullable Runnable selects(Waiter waiter) {
    SelectEvent event = new SelectEvent();
    if (!event.isEnabled()) {
      return null;
    }
    event.begin();
    return () -> {
      event.end();
      if (event.shouldCommit()) {
        event.cases = waiter.blocker().toString();
        event.commit();
      }
    };
  }

  private static @Nullable Runnable blocks(Waiter waiter) {
    BlockedEvent event = new BlockedEvent();
    if (!event.isEnabled()) {
      return null;
    }
    WaitReason reason = waiter.reason(); // now: the waiter is reused
    event.begin();
    return () -> {
      event.end();
      if (event.shouldCommit()) {
        event.operation = reason.toString();
        event.blockedOn = waiter.blocker() instanceof Class<?> ? "" : waiter.blocker().toString();
        event.commit();
      }
    };
  }
}
