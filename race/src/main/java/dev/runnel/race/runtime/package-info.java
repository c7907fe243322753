/**
 * What instrumented code calls, and what it leads to. It uses nothing that is instrumented in a way
 * that could lead back here.
 *
 * <h2>The algorithm</h2>
 *
 * Two accesses of a variable race if at least one writes, and neither <i>happens before</i> the
 * other. To tell, each thread ({@link dev.runnel.race.runtime.ThreadState}) counts ticks of its
 * own, and keeps in a vector clock the last tick of each other thread whose deeds happen before its
 * next one. Whatever orders threads is a {@code Sync}: who releases there (unlocks, writes a
 * volatile field, starts a thread) leaves a snapshot of its clock and begins a new tick; who
 * acquires there (locks, reads the field, runs) joins that snapshot to its own clock.
 *
 * <p>Each variable remembers its last write and its last reads as stamps: thread, tick and line in
 * one {@code long}. An access compares them with the clock of its thread: a stamp that is later
 * than what the clock holds for that thread is a race. Most accesses need not even do that, because
 * the same thread has used the variable in the same tick; this is the fast path, and stands in the
 * program's own code. The rest is FastTrack ({@link dev.runnel.race.runtime.Accesses}).
 *
 * <h2>Never a false alarm</h2>
 *
 * What is not known must order too much rather than too little. So a release comes before the
 * operation that it stands for and an acquire after it; a release never takes away what an earlier
 * one left, unless its thread knows that; and threads that share a slot of the clocks are told
 * apart by their ticks, which only grow ({@code Slots}). Each of these can hide a race.
 *
 * <h2>Memory ordering</h2>
 *
 * <ul>
 *   <li>{@code ThreadState} belongs to its thread. Others read it only after they saw that thread
 *       end.
 *   <li>A {@code Snapshot} is immutable and is published by a volatile compare-and-set in its
 *       {@code Sync}. As the release comes before the program's own operation and the acquire after
 *       it, who sees the operation's effect sees the snapshot too.
 *   <li>The words of a variable are plain, for speed; {@code Accesses} says why that invents
 *       nothing, and how two accesses in the same moment see each other all the same.
 *   <li>{@code Shadows}, the table of what is known of objects, is read without a lock; it says how
 *       a miss is made sure of.
 * </ul>
 *
 * <h2>Who calls whom</h2>
 *
 * <pre>
 *   read, write  --&gt; the variable's check (in its class) --&gt; Accesses, Elements --&gt; Races --&gt; Race
 *   the rest     --&gt; Monitors, Volatiles, Variables, Threads, Publication, Channels --&gt; Edges --&gt; Sync
 * </pre>
 *
 * Channels of Runnel are the one thing that is modelled rather than followed: {@code ChannelEdges}.
 */
@NullMarked
package dev.runnel.race.runtime;

import org.jspecify.annotations.NullMarked;
