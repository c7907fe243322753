package dev.runnel.internal.hook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the hooks are told of sync and time: every operation, before and after, on the object that
 * its user sees; every wait. Hooks are chosen when a JVM starts, so this starts one.
 */
@Timeout(120)
class HookedSyncTest {
  @TempDir private Path dir;

  @Test
  void everyOperationAndEveryWaitIsTold() throws Exception {
    assertThat(output())
        .containsExactly(
            "lock: LOCK(Mutex) LOCK!",
            "tryLock in vain: TRY_LOCK(Mutex)",
            "timed tryLock in vain: LOCK(Mutex)",
            "unlock: UNLOCK(Mutex) UNLOCK!",
            "lock(ctx): LOCK(Mutex) CONTEXT_ERR(Plain) LOCK!",
            "hand back: UNLOCK(Mutex) UNLOCK!",
            "tryLock: TRY_LOCK(Mutex) TRY_LOCK!",
            "cond in vain: COND_AWAIT(Cond) UNLOCK(Mutex) UNLOCK! LOCK(Mutex) LOCK!",
            "signal: COND_SIGNAL(Cond) COND_SIGNAL!",
            "broadcast: COND_SIGNAL(Cond) COND_SIGNAL!",
            "rw lock: LOCK(RWMutex) LOCK!",
            "rw tryReadLock in vain: TRY_READ_LOCK(RWMutex)",
            "rw timed tryReadLock in vain: READ_LOCK(RWMutex)",
            "rw unlock: UNLOCK(RWMutex) UNLOCK!",
            "rw readLock: READ_LOCK(RWMutex) READ_LOCK!",
            "rw tryLock in vain: TRY_LOCK(RWMutex)",
            "rw tryReadLock: TRY_READ_LOCK(RWMutex) TRY_READ_LOCK!",
            "rw readUnlock: READ_UNLOCK(RWMutex) READ_UNLOCK!",
            "rw tryLock: TRY_LOCK(RWMutex) TRY_LOCK!",
            "rw lock(): LOCK(RWMutex) LOCK!",
            "rw read lock(): READ_LOCK(RWMutex) READ_LOCK!",
            "acquire: ACQUIRE(Semaphore) ACQUIRE!",
            "tryAcquire in vain: TRY_ACQUIRE(Semaphore)",
            "timed tryAcquire in vain: ACQUIRE(Semaphore)",
            "release: RELEASE(Semaphore) RELEASE!",
            "tryAcquire: TRY_ACQUIRE(Semaphore) TRY_ACQUIRE!",
            "once: ONCE(Once) ONCE!",
            "once done: ONCE(Once) ONCE!",
            "once value: ONCE(OnceValue) ONCE!",
            "once value made: ONCE(OnceValue) ONCE!",
            "single flight: SINGLE_FLIGHT(SingleFlight) SINGLE_FLIGHT!",
            "add: WAIT_GROUP_ADD(WaitGroup) WAIT_GROUP_ADD!",
            "done: WAIT_GROUP_ADD(WaitGroup) WAIT_GROUP_ADD!",
            "await: WAIT_GROUP_AWAIT(WaitGroup) WAIT_GROUP_AWAIT!",
            "news: LOCK(Mutex) LOCK! TRY_SEND(Channel) TRY_SEND! UNLOCK(Mutex) UNLOCK!",
            "news again: LOCK(Mutex) LOCK! TRY_SEND(Channel) TRY_SEND! UNLOCK(Mutex) UNLOCK!",
            "news heard: RECEIVE(Channel) RECEIVE!",
            "timer: TIMER_SET(Timer) TIMER_SET!",
            "timer reset: TIMER_SET(Timer) TIMER_SET!",
            "timer stop: TIMER_STOP(Timer) TIMER_STOP!",
            "ticker: TIMER_SET(Ticker) TIMER_SET!",
            "ticker reset: TIMER_SET(Ticker) TIMER_SET!",
            "ticker close: TIMER_STOP(Ticker) TIMER_STOP!",
            "limiter await: RATE_LIMIT(RateLimiter) RATE_LIMIT!",
            "limiter allow: RATE_LIMIT(RateLimiter) RATE_LIMIT!",
            "limiter allow in vain: RATE_LIMIT(RateLimiter)",
            "limiter reserve: RATE_LIMIT(RateLimiter) RATE_LIMIT!",
            "mutex waits: mutex lock",
            "rwmutex waits: rwmutex lock",
            "rwmutex reader waits: rwmutex read lock",
            "rwmutex writer waits: rwmutex lock",
            "semaphore waits: semaphore acquire",
            "cond waits: cond wait",
            "timer waits: chan receive",
            "limiter waits: rate limit");
  }

  private List<String> output() throws IOException, InterruptedException {
    Path services = Files.createDirectories(dir.resolve("META-INF/services"));
    Files.writeString(services.resolve(OpHook.class.getName()), RecordingOps.class.getName());
    Files.writeString(services.resolve(ParkHook.class.getName()), RecordingParks.class.getName());
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                dir + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                HookedSyncProgram.class.getName())
            .redirectErrorStream(true)
            .start();
    // A program that hangs is ended, so that its output, and not a time-out alone, is seen.
    program
        .onExit()
        .orTimeout(1, TimeUnit.MINUTES)
        .exceptionally(late -> program.destroyForcibly());
    String output = new String(program.getInputStream().readAllBytes(), UTF_8);
    assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(program.exitValue()).as(output).isZero();
    return output.lines().toList();
  }
}
