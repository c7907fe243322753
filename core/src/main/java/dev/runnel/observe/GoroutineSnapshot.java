package dev.runnel.observe;

import dev.runnel.Goroutine;
import dev.runnel.internal.goroutine.Frames;
import dev.runnel.internal.goroutine.Routine;
import dev.runnel.internal.goroutine.Track;
import dev.runnel.internal.park.Waiter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a goroutine does in one moment.
 *
 * @param id its number
 * @param name its name
 * @param state what it does, in Go's words: {@code running}, or what it waits for, such as {@code
 *     chan receive}; {@code blocked outside Runnel} if it waits for what Runnel does not know
 * @param blockedOn the channel, lock or select it waits for, in words; null if it does not wait
 * @param heldBy the number of the goroutine that holds the lock it waits for; 0 if it waits for no
 *     lock, or that is not known, see {@link LockWatch}
 * @param waited for how long it has waited; null if it does not, or is not tracked
 * @param stack where it is, innermost frame first, without frames of the parker and the JDK's
 *     scheduler
 * @param createdBy the number of the thread that started it; 0 if it is not tracked
 * @param createdAt where it was started; null if it is not tracked
 */
public record GoroutineSnapshot(
    long id,
    String name,
    String state,
    @Nullable String blockedOn,
    long heldBy,
    @Nullable Duration waited,
    List<StackTraceElement> stack,
    long createdBy,
    @Nullable StackTraceElement createdAt) {

  static GoroutineSnapshot of(Goroutine goroutine) {
    Routine routine = (Routine) goroutine; // Goroutine is sealed
    Waiter noted = routine.waiting();
    Waiter waiter = noted != null && noted.open() ? noted : null;
    Track track = routine.track();
    Duration waited =
        waiter != null && track != null
            ? Duration.ofNanos(System.nanoTime() - track.since())
            : null;
    return new GoroutineSnapshot(
        routine.id(),
        routine.name(),
        waiter != null ? waiter.reason().toString() : foreignState(routine.thread()),
        waiter != null && !(waiter.blocker() instanceof Class<?>)
            ? waiter.blocker().toString()
            : null,
        waiter != null && waiter.heldBy() instanceof Routine holder ? holder.id() : 0,
        waited,
        Frames.ofUser(routine.thread().getStackTrace()),
        track == null ? 0 : track.parent(),
        track == null ? null : track.site());
  }

  /** The last that was seen of a goroutine that has been collected in the middle of a wait. */
  static GoroutineSnapshot ofCollected(Track track) {
    Track.LastSight sight = track.lastSight();
    Track.LastSight last = sight != null && sight.since() == track.since() ? sight : null;
    return new GoroutineSnapshot(
        track.id(),
        track.name(),
        last != null ? last.reason() : "leaked",
        last != null ? last.blocker() : null,
        0,
        Duration.ofNanos(System.nanoTime() - track.since()),
        last != null ? last.stack() : List.of(),
        track.parent(),
        track.site());
  }

  private static String foreignState(Thread thread) {
    return switch (thread.getState()) {
      case BLOCKED, WAITING, TIMED_WAITING -> "blocked outside Runnel";
      default -> "running";
    };
  }
}
