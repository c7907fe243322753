package dev.runnel.soak.mutate;

import java.util.List;

/** The mutations of the patterns, and of the log behind a broadcast. */
final class PatternMutations {
  private static final String CORE = "channel/ChannelCore.java";
  private static final String LOG = "channel/Log.java";
  private static final String LOG_RING = "channel/LogRing.java";
  private static final String DELIVERY = "../pattern/Delivery.java";
  private static final String BROADCASTER = "../pattern/Broadcaster.java";
  private static final String SUBSCRIPTION = "../pattern/Subscription.java";
  private static final String PRODUCTION = "../pattern/Production.java";
  private static final String CREW = "../pattern/Crew.java";
  private static final String IN_ORDER = "../pattern/InOrder.java";
  private static final String PULLED = "../pattern/Pulled.java";
  private static final String RACE = "../pattern/Race.java";
  private static final String ABANDONABLE = "../pattern/Abandonable.java";

  static final List<Mutation> ALL =
      List.of(
          Mutation.of(
              "broadcast: a value is published before it is written",
              LOG,
              "lock(); values[slot(number)] = value; unlock(); end = number + 1;",
              "end = number + 1; Thread.onSpinWait(); lock(); values[slot(number)] = value; unlock();"),
          Mutation.of(
              "broadcast: who waits is not served",
              LOG,
              "serveAll(serve); }",
              "serve.hashCode(); }"),
          Mutation.of(
              "broadcast: who waits while others are served is forgotten",
              LOG,
              "awaited = false; // first, as a reader that waits meanwhile says so again serveAll(serve);",
              "serveAll(serve); awaited = false;"),
          Mutation.of(
              "broadcast: an idle log keeps its values", LOG, "values[slot(number)] = null;", ""),
          Mutation.of(
              "broadcast: a sender that breaks off forgets whom it has not served",
              LOG,
              "if (!whole) { awaited = true;",
              "if (!whole) { awaited = false;"),
          Mutation.of(
              "broadcast: a receiver looks before it says that it waits",
              LOG_RING,
              "waiting = true; log.await(); if (log.end() > cursor) { waiting = false; return true; }",
              "if (log.end() > cursor) { return true; } Thread.onSpinWait(); waiting = true; log.await();"),
          Mutation.of(
              "broadcast: who is full reads on in the log",
              LOG_RING,
              "if (room <= 0 || Hooks.OP != null) {",
              "if (Hooks.OP != null) {"),
          Mutation.of(
              "broadcast: what was passed over is read",
              LOG_RING,
              "takeAll(); cursor = next + 1; return false;",
              "takeAll(); return false;"),
          Mutation.of(
              "broadcast: who is a whole log behind stays there",
              LOG_RING,
              "if (next - cursor >= Log.LENGTH) { takeAll(); }",
              ""),
          Mutation.of(
              "broadcast: one may fall a log and a value behind",
              LOG_RING,
              "cursor + Log.LENGTH)",
              "cursor + Log.LENGTH + 1)"),
          Mutation.of(
              "broadcast: one may get a value more than it has room for",
              LOG_RING,
              "Math.min(next + room,",
              "Math.min(next + room + 1,"),
          Mutation.of(
              "broadcast: who leaves leaves its values in the log",
              LOG_RING,
              "if (!waiting) { takeAll(); log.leave(); }",
              "if (!waiting) { log.leave(); }"),
          Mutation.of(
              "broadcast: others see what one waits for",
              LOG_RING,
              "return !waiting && log.end() > cursor;",
              "return log.end() > cursor;"),
          Mutation.of(
              "broadcast: a newcomer that waits is not noticed",
              LOG_RING,
              "if (waiting) { log.await(); } else { log.enter(); }",
              "if (!waiting) { log.enter(); }"),
          Mutation.of(
              "broadcast: a tool does not see the values",
              LOG_RING,
              "room <= 0 || Hooks.OP != null",
              "room <= 0"),
          Mutation.of(
              "broadcast: a value that came meanwhile is not handed out",
              CORE,
              "try { handOut(r); }",
              "try { r.first(); }"),
          Mutation.of(
              "broadcast: those who still wait are forgotten",
              CORE,
              "more &= receivers.hasOpenWaiter() && reader.awaited();",
              "more = false;"),
          Mutation.of(
              "broadcast: newcomers are not asked",
              DELIVERY,
              "log.end() >= due || joined != asked",
              "log.end() >= due"),
          Mutation.of(
              "broadcast: only the last is asked in time",
              DELIVERY,
              "soonest = Math.min(soonest, subscription.due());",
              "soonest = subscription.due();"),
          Mutation.of(
              "broadcast: replay and subscription are two steps",
              BROADCASTER,
              "replaying.lock(); try { return add(Subscription.of(this, delivery.log(), buffer, whenFull, latest)); }"
                  + " finally { replaying.unlock(); }",
              "Subscription<T> fresh; replaying.lock(); try {"
                  + " fresh = Subscription.of(this, delivery.log(), buffer, whenFull, latest); }"
                  + " finally { replaying.unlock(); } return add(fresh);"),
          Mutation.of(
              "broadcast: what former subscribers missed is forgotten",
              BROADCASTER,
              "if (now != then) { missedByFormer.add(gone.dropped()); }",
              ""),
          Mutation.of(
              "broadcast: who was disconnected still subscribes",
              SUBSCRIPTION,
              "end(new SlowSubscriberException(buffer.capacity())); broadcaster.remove(this);",
              "end(new SlowSubscriberException(buffer.capacity()));"),
          Mutation.of(
              "production: its failure is lost", PRODUCTION, "end.of(failure);", "end.of(null);"),
          Mutation.of(
              "production: who stops it does not wait",
              PRODUCTION,
              "runner.join(); ended = true;",
              "if (interrupted) { runner.join(); } ended = true;"),
          Mutation.of(
              "production: who stops it does not cancel it",
              PRODUCTION,
              "cancel(); boolean interrupted = false;",
              "boolean interrupted = false;"),
          Mutation.of(
              "production: an interrupt of who stops it is lost",
              PRODUCTION,
              "if (interrupted) { Thread.currentThread().interrupt(); }",
              ""),
          Mutation.of(
              "production: it stays in the tree of contexts",
              PRODUCTION,
              "context.close(); // before the end is seen: nothing is left in the tree then",
              ""),
          Mutation.of(
              "production: it may stop itself",
              PRODUCTION,
              "if (Context.current().value(inside) != null) {",
              "if (false) {"),
          Mutation.of(
              "crew: a retired member is not interrupted",
              CREW,
              "if (waiting != null) { waiting.interrupt(); }",
              ""),
          Mutation.of(
              "crew: a member at work counts as retired",
              CREW,
              "count.incrementAndGet(); // it is at work, and will see that by itself",
              ""),
          Mutation.of(
              "crew: a swallowed interrupt is not noticed",
              CREW,
              "in.context().check(); // the job may have swallowed the interrupt",
              ""),
          Mutation.of(
              "crew: the interrupt of a retirement hits the last job",
              CREW,
              "var _ = Thread.interrupted(); // the retirement's; the context may have added its own",
              ""),
          Mutation.of(
              "crew: a failed job counts as done",
              CREW,
              "(performed ? done : failed).increment();",
              "done.increment();"),
          Mutation.of(
              "crew: the failure of the source is lost",
              CREW,
              "sourceFailure.compareAndSet(null, Failures.reason(e));",
              ""),
          Mutation.of("in order: two send at once", IN_ORDER, "if (sending) { return; }", ""),
          Mutation.of(
              "in order: room is not given back",
              IN_ORDER,
              "if (ready != NOTHING) { send(ready); } room.release();",
              "if (ready != NOTHING) { send(ready); }"),
          Mutation.of(
              "in order: nobody sends any more",
              IN_ORDER,
              "if (ready == null) { sending = false; }",
              "if (ready == null) { sending = true; }"),
          Mutation.of(
              "generator: who leaves it wakes nobody",
              PULLED,
              "if (!armed.isEmpty()) { armed.forEach(Runnable::run); }",
              ""),
          Mutation.of(
              "generator: two are at it at once",
              PULLED,
              "if (ended || !taken.compareAndSet(false, true)) {",
              "if (ended) {"),
          Mutation.of(
              "race: the losers go on",
              RACE,
              "} finally { group.cancel(); }",
              "} finally { group.hashCode(); }"),
          Mutation.of(
              "race: a success that came in time is lost",
              RACE,
              "if (finish.failure() == null) { return finish; } } throw ended;",
              "finish.hashCode(); } throw ended;"),
          Mutation.of(
              "race: failures of the end of the context count",
              RACE,
              "ctx.check(); // or they failed only because it ended",
              ""),
          Mutation.of(
                  "abandoned: an interrupt that came too late is lost",
                  ABANDONABLE,
                  "Thread.currentThread().interrupt(); // it came too late: the result is there",
                  "")
              .harmlessBecause("it is lost only in the moment in which the result comes"),
          Mutation.of(
              "abandoned: nobody is told of the late result",
              ABANDONABLE,
              "late.accept(result);",
              ""));

  private PatternMutations() {}
}
