/**
 * The patterns that people build from goroutines and channels, whole: worker pools, fan-out and
 * fan-in, timeouts, broadcasts, generators.
 *
 * <p>All are structured. A call that returns a value has no goroutine left when it returns, however
 * it returns. What runs on behind a channel is a {@link dev.runnel.pattern.Feed}: it ends when its
 * work is done, when its context ends, or when it is closed, whichever comes first; so a consumer
 * who stops early strands nobody:
 *
 * {@snippet class="dev.runnel.snippets.PatternSnippetsTest" region="feed"}
 *
 * <p>A failure goes through: the consumer gets what was sent before it, and then a {@link
 * dev.runnel.ChannelFailedException} with the failure as its cause. The end of the context is such
 * a failure too, so work that was left undone never looks done.
 */
@NullMarked
package dev.runnel.pattern;

import org.jspecify.annotations.NullMarked;
