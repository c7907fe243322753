package dev.runnel.field.drivers;

import com.google.common.eventbus.AllowConcurrentEvents;
import com.google.common.eventbus.AsyncEventBus;
import com.google.common.eventbus.EventBus;
import com.google.common.eventbus.Subscribe;
import com.google.common.util.concurrent.AbstractExecutionThreadService;
import com.google.common.util.concurrent.AbstractIdleService;
import com.google.common.util.concurrent.AbstractScheduledService;
import com.google.common.util.concurrent.ClosingFuture;
import com.google.common.util.concurrent.ExecutionSequencer;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.Monitor;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.RateLimiter;
import com.google.common.util.concurrent.Service;
import com.google.common.util.concurrent.ServiceManager;
import com.google.common.util.concurrent.SettableFuture;
import com.google.common.util.concurrent.Striped;
import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;

/** Guava's com.google.common.util.concurrent and its event bus. */
final class GuavaConcurrent {
  private GuavaConcurrent() {}

  public static void main(String[] args) throws Exception {
    ListeningExecutorService pool =
        MoreExecutors.listeningDecorator(Executors.newFixedThreadPool(4));
    try {
      futures(pool);
      locks();
      buses(pool);
      services();
    } finally {
      Crew.check(
          MoreExecutors.shutdownAndAwaitTermination(pool, Duration.ofSeconds(10)), "still busy");
    }
  }

  private static void futures(ListeningExecutorService pool) throws Exception {
    ExecutionSequencer sequencer = ExecutionSequencer.create();
    Executor sequential = MoreExecutors.newSequentialExecutor(pool);
    int[] inSequence = new int[1]; // ordered by the sequential executor
    Crew.work(
        4,
        random -> {
          int n = random.nextInt(1_000);
          int[] box = new int[1];
          SettableFuture<Integer> settable = SettableFuture.create();
          ListenableFuture<Integer> chained =
              Futures.transformAsync(
                  Futures.transform(settable, v -> box[0] += v, pool),
                  v -> pool.submit(() -> v + box[0]),
                  pool);
          ListenableFuture<List<Integer>> all =
              Futures.allAsList(chained, pool.submit(() -> n), Futures.immediateFuture(0));
          pool.execute(() -> settable.set(n));
          Crew.check(all.get().equals(List.of(2 * n, n, 0)), "wrong sums");
          ListenableFuture<Integer> inOrder =
              sequencer.submit(() -> n, MoreExecutors.directExecutor());
          sequential.execute(() -> inSequence[0]++);
          Crew.check(inOrder.get() == n, "another's number");
          SettableFuture<Integer> cancelled = SettableFuture.create();
          pool.execute(() -> cancelled.cancel(true));
          try {
            Crew.check(cancelled.get() == null, "a value nobody set");
          } catch (CancellationException e) {
            Crew.check(cancelled.isCancelled(), "not cancelled");
          }
          ListenableFuture<Integer> failed =
              Futures.catching(
                  pool.submit(() -> {
                    throw new IllegalStateException("on purpose");
                  }),
                  IllegalStateException.class,
                  e -> n,
                  pool);
          Crew.check(failed.get() == n, "not caught");
          ListenableFuture<Integer> closing =
              ClosingFuture.submit(
                      closer -> {
                        int[] open = {n};
                        closer.eventuallyClose(() -> open[0] = 0, pool);
                        return open[0];
                      },
                      pool)
                  .finishToFuture();
          Crew.check(closing.get() == n, "closed too early");
          for (ListenableFuture<Integer> done :
              Futures.inCompletionOrder(List.of(pool.submit(() -> 1), pool.submit(() -> 2)))) {
            Crew.check(done.get() > 0, "nothing");
          }
        });
  }

  private static void locks() throws Exception {
    Striped<Lock> striped = Striped.lazyWeakLock(8);
    Striped<Lock> strong = Striped.lock(8);
    int[] counts = new int[8];
    RateLimiter limiter = RateLimiter.create(100_000);
    Monitor monitor = new Monitor();
    int[] held = new int[1];
    Monitor.Guard some = monitor.newGuard(() -> held[0] > 0);
    Crew.work(
        4,
        random -> {
          int key = random.nextInt(counts.length);
          Lock lock = (key % 2 == 0 ? striped : strong).getAt(key);
          lock.lock();
          try {
            counts[key]++;
          } finally {
            lock.unlock();
          }
          Crew.check(limiter.acquire() >= 0, "no time passed");
          if (random.nextBoolean()) {
            monitor.enter();
            held[0]++;
            monitor.leave();
          } else if (monitor.enterWhen(some, Duration.ofMillis(1))) {
            held[0]--;
            monitor.leave();
          }
        });
  }

  /** A subscriber that relies on the bus to call it from one thread at a time. */
  static final class Counter {
    private int count;
    final AtomicInteger concurrent = new AtomicInteger();

    @Subscribe
    public void on(Integer n) {
      count += n;
    }

    @Subscribe
    @AllowConcurrentEvents
    public void onText(String text) {
      concurrent.addAndGet(text.length());
    }
  }

  private static void buses(ListeningExecutorService pool) throws Exception {
    EventBus bus = new EventBus("here");
    EventBus later = new AsyncEventBus("later", pool);
    Counter always = new Counter();
    bus.register(always);
    later.register(new Counter());
    Crew.work(
        4,
        random -> {
          bus.post(random.nextInt(9));
          bus.post("text");
          if (random.nextInt(10) == 0) {
            later.post(1);
            Counter mine = new Counter();
            bus.register(mine);
            bus.post(2);
            bus.unregister(mine);
          }
        });
    Crew.check(always.count > 0 && always.concurrent.get() > 0, "nothing arrived");
  }

  private static final class Idle extends AbstractIdleService {
    private int state;

    @Override
    protected void startUp() {
      state = 1;
    }

    @Override
    protected void shutDown() {
      state = 2 * state;
    }
  }

  private static final class Running extends AbstractExecutionThreadService {
    private int turns;

    @Override
    protected void run() {
      while (isRunning() && turns < 100) {
        turns++;
        Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(1));
      }
    }
  }

  private static final class Scheduled extends AbstractScheduledService {
    private int turns;

    @Override
    protected void runOneIteration() {
      turns++;
      Crew.check(turns > 0, "not counted");
    }

    @Override
    protected Scheduler scheduler() {
      return Scheduler.newFixedRateSchedule(Duration.ZERO, Duration.ofMillis(1));
    }
  }

  private static void services() throws Exception {
    Crew.work(
        2,
        random -> {
          List<Service> services = new ArrayList<>();
          services.add(new Idle());
          services.add(new Running());
          services.add(new Scheduled());
          ServiceManager manager = new ServiceManager(services);
          manager.startAsync().awaitHealthy(Duration.ofSeconds(10));
          Crew.check(manager.servicesByState().size() == 3, "a service is missing");
          Crew.check(manager.startupTimes().size() == 3, "a time is missing");
          manager.stopAsync().awaitStopped(Duration.ofSeconds(10));
        });
  }
}
