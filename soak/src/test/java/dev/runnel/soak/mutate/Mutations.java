package dev.runnel.soak.mutate;

import java.util.List;

/**
 * The mutations of the lines on whose order everything rests. When the engine changes, {@code
 * soak/mutate.sh --check} says which of them no longer fit: give such a one the new code with
 * {@code or}, or take it out if there is no such line any more.
 */
final class Mutations {
  private static final String CORE = "channel/ChannelCore.java";
  private static final String CHANNEL = "channel/Channel.java";
  private static final String QUEUE = "park/WaitQueue.java";
  private static final String WAIT = "channel/Wait.java";
  private static final String SLEEPERS = "channel/Sleepers.java";
  private static final String WAITER = "park/Waiter.java";
  private static final String PARKER = "park/Parker.java";
  private static final String LOCK = "park/SpinLock.java";
  private static final String SELECTION = "select/Selection.java";
  private static final String RECEIVING = "select/ChannelReceiving.java";
  private static final String SENDING = "select/ChannelSending.java";
  private static final String ARMS = "select/ChannelArms.java";
  private static final String LOCKS = "select/ChannelLocks.java";
  private static final String NODE = "park/Node.java";
  private static final String LATCH = "goroutine/Latch.java";
  private static final String RING = "channel/Ring.java";
  private static final String SERVED = "park/Served.java";

  static final List<Mutation> ALL =
      List.of(
          Mutation.of(
              "a served sleeper is not woken",
              CORE,
              "if (claimed == Waiter.ASLEEP) { toWake = thread; }",
              "if (claimed == Waiter.ASLEEP) { toWake = null; }"),
          Mutation.of(
              "release forgets the sleeper",
              CORE,
              "unlock(); Parker.unpark(sleeper);",
              "unlock();"),
          Mutation.of(
              "a lost claim counts as won", CORE, "return claimed != Waiter.LOST;", "return true;"),
          Mutation.of(
              "the value is written after the claim",
              CORE,
              "node.item = value; boolean claimed = claim(node); receivers.remove(node);",
              "boolean claimed = claim(node); node.item = value; receivers.remove(node);"),
          Mutation.of(
                  "a sender's value is read after the claim",
                  CORE,
                  "Object value = node.item; if (claim(node)) { return value; }",
                  "if (claim(node)) { return node.item; }")
              .or(
                  "Object value = node.item; boolean claimed = claim(node); senders.remove(node);",
                  "boolean claimed = claim(node); Object value = node.item; senders.remove(node);"),
          Mutation.of(
              "the thread is read after the claim",
              CORE,
              "Thread thread = waiter.thread(); // before the claim: after it, the owner may use the node again"
                  + " int claimed = waiter.claim(node);",
              "int claimed = waiter.claim(node); Thread thread = waiter.thread();"),
          Mutation.of(
                  "a receive lets no waiting sender in",
                  CORE,
                  "ended == null && !senders.isEmpty() && r.size() < capacity",
                  "false")
              .or("ended == null && !senders.isEmpty() && r.size() <= capacity", "false"),
          Mutation.of(
              "a send goes into the buffer past a waiting receiver",
              CORE,
              "if (handToReceiver(value)) { return true; } Ring r = ring;",
              "Ring r = ring;"),
          Mutation.of(
              "the end wakes only one batch of waiters",
              CORE,
              "while (tellWaiters(ending, sleepers)) { sleepers.wake(); }",
              "if (tellWaiters(ending, sleepers)) { sleepers.wake(); }"),
          Mutation.of(
                  "the end leaves waiting senders",
                  CORE,
                  "if (node == null) { node = senders.poll(); } if (node == null) { break; }",
                  "if (node == null) { break; }")
              .or(
                  "WaitQueue queue = receivers.hasOpenWaiter() ? receivers : senders;",
                  "WaitQueue queue = receivers;"),
          Mutation.of(
              "the second end counts as the first",
              CORE,
              "r.ending(); } ended = ending; }",
              "r.ending(); } } ended = ending;"),
          Mutation.of(
              "who watches an end that has come is not told",
              CORE,
              "unlock(); waiter.claimAndWake(node);",
              "unlock();"),
          Mutation.of(
              "a try sees a select that is decided as open",
              QUEUE,
              "if (node.waiter.open()) { return node; }",
              "if (node.waiter != null) { return node; }"),
          Mutation.of(
              "waiters are served last come, first",
              QUEUE,
              "node.previous = last; if (last == null) { first = node; } else { last.next = node; } last = node;",
              "node.next = first; if (first == null) { last = node; } else { first.previous = node; }"
                  + " first = node;"),
          Mutation.of(
              "unlinking from the middle cuts off the rest",
              QUEUE,
              "before.next = after;",
              "before.next = null;"),
          Mutation.of(
              "a send that gives up stays in the queue",
              CHANNEL,
              "if (outcome == node) { return true; } forget(node); Wait.throwIfCutShort(outcome, ctx);"
                  + " return false; } /** Keeps",
              "if (outcome == node) { return true; } Wait.throwIfCutShort(outcome, ctx);"
                  + " return false; } /** Keeps"),
          Mutation.of(
              "a receive unlocks before it enqueues",
              CHANNEL,
              "node = newNode(WaitReason.CHAN_RECEIVE); awaitValue(node);",
              "node = newNode(WaitReason.CHAN_RECEIVE); unlock(); Thread.onSpinWait(); lock();"
                  + " awaitValue(node);"),
          Mutation.of(
              "a send unlocks before it enqueues",
              CHANNEL,
              "node = newNode(WaitReason.CHAN_SEND); awaitTaker(node, value);",
              "node = newNode(WaitReason.CHAN_SEND); unlock(); Thread.onSpinWait(); lock();"
                  + " awaitTaker(node, value);"),
          Mutation.of(
              "a batch wakes none of its senders",
              CHANNEL,
              "batch[taken] = item; sleepers.add(takeSleeper());",
              "batch[taken] = item; takeSleeper();"),
          Mutation.of(
              "an interrupt pending on entry is overlooked",
              CHANNEL,
              "ctx.check(); } if (Thread.interrupted()) {",
              "ctx.check(); } if (false) {"),
          Mutation.of(
              "a wait under a context leaves its watch behind",
              WAIT,
              "if (outcome != watch) { done.forget(watch); }",
              ""),
          Mutation.of(
              "a batch of sleepers is woken but for the last",
              SLEEPERS,
              "i < count; i++",
              "i < count - 1; i++"),
          Mutation.of(
              "the outcome is plain",
              WAITER,
              "private volatile @Nullable Object outcome;",
              "private @Nullable Object outcome;"),
          Mutation.of(
              "a claim is two steps",
              WAITER,
              "if (OUTCOME.compareAndSet(this, null, decision)) { return AWAKE; }",
              "if (outcome == null) { outcome = decision; return AWAKE; }"),
          Mutation.of(
              "a sleeper can't be claimed",
              WAITER,
              "if (OUTCOME.compareAndSet(this, SLEEPING, decision)) {",
              "if (false) {"),
          Mutation.of(
              "going to sleep overwrites an outcome",
              WAITER,
              "return OUTCOME.compareAndSet(this, null, SLEEPING);",
              "outcome = SLEEPING; return true;"),
          Mutation.of(
              "a claim that wakes does not wake",
              WAITER,
              "if (claimed == ASLEEP) { Parker.unpark(waiting); }",
              ""),
          Mutation.of(
              "a thread parks without saying so",
              PARKER,
              "boolean asleep = waiter.fallAsleep();",
              "boolean asleep = false;"),
          Mutation.of(
              "an interrupt does not compete for the wait",
              PARKER,
              "if (waiter.claim(Waiter.INTERRUPTED) != Waiter.LOST) { var _ = Thread.interrupted(); }",
              "var _ = Thread.interrupted(); return Waiter.INTERRUPTED;"),
          Mutation.of(
              "an interrupt that comes too late is swallowed",
              PARKER,
              "if (waiter.claim(Waiter.INTERRUPTED) != Waiter.LOST) { var _ = Thread.interrupted(); }",
              "waiter.claim(Waiter.INTERRUPTED); var _ = Thread.interrupted();"),
          Mutation.of(
              "a timed wait never times out",
              PARKER,
              "waiter.claimAndWake(Waiter.TIMED_OUT)",
              "waiter.outcome()"),
          Mutation.of(
              "park returns without an outcome",
              PARKER,
              "while ((outcome = waiter.outcome()) == null) {",
              "if ((outcome = waiter.outcome()) == null) {"),
          Mutation.of(
              "the lock lets a second one in",
              LOCK,
              "(int) LOCKED.getOpaque(this) == 0 && LOCKED.compareAndSet(this, 0, 1)",
              "(int) LOCKED.getOpaque(this) == 0 && (locked = 1) == 1"),
          Mutation.of("unlocking is plain", LOCK, "LOCKED.setRelease(this, 0);", "locked = 0;")
              .harmlessBecause("only a memory weaker than x86's shows it"),
          Mutation.of(
              "an interrupt during a nap is swallowed",
              LOCK,
              "if (interrupted) { Thread.currentThread().interrupt(); }",
              ""),
          Mutation.of(
                  "selects lock in the order of their cases",
                  LOCKS,
                  "Arrays.sort(all, BY_NUMBER);",
                  "if (all.length != 2) { Arrays.sort(all, BY_NUMBER); }")
              .harmlessBecause(
                  "who can't have the second lock gives the first back: it only costs time"),
          Mutation.of(
              "a select enqueues after unlocking",
              SELECTION,
              "channelArms.enqueue(waiter);",
              "all.unlock(null); Thread.onSpinWait(); all.lock(); channelArms.enqueue(waiter);"),
          Mutation.of(
              "a select does not wake whom it served",
              LOCKS,
              "if (sleeper != null) { Parker.unpark(sleeper); }",
              ""),
          Mutation.of(
                  "a select always takes the first ready case",
                  ARMS,
                  "if (ready == 1 || Hooks.random(ready) == 0) { picked = arm;",
                  "if (ready == 1) { picked = arm;")
              .harmlessBecause("most choices are guesses"),
          Mutation.of(
              "a guess is always the first ready case",
              ARMS,
              "if (ready == 1 || Hooks.random(ready) == 0) { guess = arm;",
              "if (ready == 1) { guess = arm;"),
          Mutation.of(
              "a guess in order is not looked at again",
              ARMS,
              "boolean first = !inOrder || guess() == guess;",
              "boolean first = true;"),
          Mutation.of(
              "a guess in order is any",
              ARMS,
              "if (arm.seemsReady()) { if (inOrder) { return arm; }",
              "if (arm.seemsReady()) { if (inOrder && guess != null) { return arm; }"),
          Mutation.of(
              "a guess wakes nobody",
              ARMS,
              "} finally { channel.release(); }",
              "} finally { channel.takeSleeper(); channel.unlock(); }"),
          Mutation.of(
                  "a select that a closing channel decided looks at a snapshot of one channel",
                  ARMS,
                  "while (committed == null && (ready = pickReady()) != null) {",
                  "if ((ready = pickReady()) != null) {")
              .or(
                  "for (ChannelArm ready; (ready = pickReady()) != null; ) {",
                  "ChannelArm ready; if ((ready = pickReady()) != null) {"),
          Mutation.of(
              "a ring that grows leaves what had wrapped round",
              RING,
              "System.arraycopy(longer, 0, longer, size, head);",
              ""),
          Mutation.of("a ring keeps what was taken", RING, "slots[head] = null;", ""),
          Mutation.of(
              "a ring takes one value more than it has",
              RING,
              "if (size < slots.length) { return; }",
              "if (size <= slots.length && slots.length > 0) { return; }"),
          Mutation.of(
              "what goes back goes back in the wrong order",
              CORE,
              "for (int j = to - 1; j >= i; j--) {",
              "for (int j = i; j < to; j++) {"),
          Mutation.of(
              "what goes back goes past waiting receivers",
              CORE,
              "while (i < to && handToReceiver(values[i])) {",
              "while (i < to && values[i] == null) {"),
          Mutation.of(
              "what goes back wakes nobody",
              CHANNEL,
              "putBack(batch, from, to, sleepers); } finally { unlock(); sleepers.wake(); }",
              "putBack(batch, from, to, sleepers); } finally { unlock(); }"),
          Mutation.of(
              "what a collection refused does not go back",
              CHANNEL,
              "if (added < taken) { giveBack(batch, added, taken); }",
              ""),
          Mutation.of(
              "the oldest value stays and the send is lost",
              CORE,
              "r.take(); r.add(value); yield true;",
              "yield true;"),
          Mutation.of(
              "what is dropped is not counted",
              CORE,
              "case DROP_LATEST -> { dropped++;",
              "case DROP_LATEST -> {"),
          Mutation.of(
              "a try at a full ring overfills it",
              CORE,
              "if (r.size() < capacity) { r.add(value);",
              "if (r.size() <= capacity) { r.add(value);"),
          Mutation.of(
              "a send sees the end as room",
              CHANNEL,
              "if (ended() != null) { throw sendOnClosed(ended()); } if (!offer(value)",
              "if (!offer(value)"),
          Mutation.of(
              "a wait that is woken by the end brings nothing",
              CORE,
              "node.item = ending; claim(node);",
              "claim(node);"),
          Mutation.of(
                  "a receiver that gave up keeps the value",
                  CORE,
                  "if (claimed) { passed++; return true; } node.item = null;",
                  "if (claimed) { passed++; return true; }")
              .harmlessBecause("it only stays in memory until the next wait of that node"),
          Mutation.of(
              "whom a lock served is not woken",
              SERVED,
              "if (claimed == Waiter.ASLEEP) { add(node); }",
              ""),
          Mutation.of(
              "of those a lock served only the first is woken",
              SERVED,
              "Node after = node.next; node.next = null;",
              "Node after = null; node.next = null;"),
          Mutation.of(
              "an interrupt of a wait that goes on is lost",
              PARKER,
              "if (interrupted) { self.interrupt(); }",
              ""),
          Mutation.of(
              "an alarm is set though the wait is over",
              PARKER,
              "} finally { alarm.cancel(); }",
              "} finally { alarm.hashCode(); }"),
          Mutation.of(
              "a select forgets its other nodes when it is interrupted",
              SELECTION,
              "ChannelArm winner = channelArms.leave(outcome, keep);",
              "ChannelArm winner = outcome == Waiter.INTERRUPTED ? null : channelArms.leave(outcome, keep);"),
          Mutation.of(
              "a select in order takes the last ready case",
              ARMS,
              "ready++; if (inOrder) { return arm; }",
              "ready++; if (inOrder) { picked = arm; continue; }"),
          Mutation.of(
              "a losing receive case stays in its queue",
              RECEIVING,
              "if (outcome != mine) { channel.forget(mine);",
              "if (outcome != mine) {"),
          Mutation.of(
              "a losing send case stays in its queue",
              SENDING,
              "if (outcome != mine) { channel.forget(mine);",
              "if (outcome != mine) {"),
          Mutation.of(
              "a losing send case keeps its value in memory",
              SENDING,
              "mine.item = null; return false;",
              "return false;"),
          Mutation.of(
              "a spare node is taken twice",
              CORE,
              "spare = null; // what was put here in this moment is garbage",
              ""),
          Mutation.of(
              "a node is spared before its value is taken",
              CHANNEL,
              "item = node.item; putAway(node, nanos);",
              "putAway(node, nanos); item = node.item;"),
          Mutation.of(
              "a node with a deadline is spared",
              CHANNEL,
              "if (nanos == Parker.FOREVER && Hooks.PARK == null) {",
              "if (Hooks.PARK == null) {"),
          Mutation.of("a spare node keeps its value", NODE, "item = null; retire();", "retire();"),
          Mutation.of(
              "a spare node keeps its thread", NODE, "item = null; retire();", "item = null;"),
          Mutation.of(
              "a wait is used again with the thread that it had",
              WAITER,
              "thread = Thread.currentThread(); outcome = null;",
              "outcome = null;"),
          Mutation.of(
              "a node that is still in its queue is spared",
              CORE,
              "if (node.queue == null) { node.putAway();",
              "if (node.queue != null || node.queue == null) { node.putAway();"),
          Mutation.of(
              "a select's wait is used again with a node still in its queue",
              SELECTION,
              "if (keep && channelArms.areOut()) {",
              "if (keep) {"),
          Mutation.of(
              "a select that is over keeps its thread in memory",
              SELECTION,
              "waiter.retire();",
              ""),
          Mutation.of(
              "a select's wait with a deadline is used again",
              SELECTION,
              "boolean keep = reusable && patience == Parker.FOREVER && foreignArms.length == 0;",
              "boolean keep = reusable && foreignArms.length == 0;"),
          Mutation.of(
              "a select's wait is used again without being renewed",
              SELECTION,
              "again.renew(); return again;",
              "return again;"),
          Mutation.of(
              "a gate that opens tells nobody",
              LATCH,
              "waiters.end(Ending.CLOSED);",
              "waiters.ended();"));

  private Mutations() {}
}
