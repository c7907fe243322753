/**
 * Pipelines: what becomes of values on their way from a source to a result, described first and run
 * by a terminal call.
 *
 * {@snippet class="dev.runnel.snippets.PipelineSnippetsTest" region="pipeline"}
 *
 * <p>All is in {@link dev.runnel.pipeline.Pipeline}. A pipeline is run on the thread that asks for
 * its result: stages that only look at one value after another are calls, without a goroutine or a
 * channel between them. Stages that do things at once, or by time, have goroutines upstream of
 * them. Each such stage holds its goroutines in a scope of its own, so that it can stop what is
 * upstream of it at once, and none is left when the stage is done with, whether by its end, a
 * failure, or because enough has been seen downstream.
 */
@NullMarked
package dev.runnel.pipeline;

import org.jspecify.annotations.NullMarked;
