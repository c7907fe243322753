/**
 * Goroutines, channels, select, context and error groups: what nearly every Runnel program imports.
 *
 * <p>A goroutine is a virtual thread started with {@link dev.runnel.Go#go(Task) go}. Goroutines
 * talk through channels ({@link dev.runnel.Chan}); {@link dev.runnel.Select} waits for whichever of
 * several is ready; a {@link dev.runnel.Context} carries cancellation, deadlines and values down a
 * tree of calls; an {@link dev.runnel.ErrGroup} holds goroutines together, so that none outlives it
 * and no failure is lost.
 *
 * {@snippet class="dev.runnel.snippets.SnippetsTest" region="squares"}
 *
 * <p>Everything that blocks throws {@link InterruptedException}, works from platform threads too,
 * and never loses a value: an interrupt, a timeout or an ended context either takes the place of
 * the value or comes too late, and then the call returns normally.
 */
@NullMarked
package dev.runnel;

import org.jspecify.annotations.NullMarked;
