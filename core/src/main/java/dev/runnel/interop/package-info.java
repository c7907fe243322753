/**
 * Runnel in the code you have: bridges between channels and pipelines on one side, and {@link
 * java.util.concurrent.Flow}, futures, queues, executors, streams and byte streams on the other.
 *
 * <p>What needs no bridge is elsewhere: {@link dev.runnel.ReceiveChan} is an {@link Iterable} and
 * has a {@link java.util.stream.Stream}; {@link dev.runnel.pattern.Generators} and {@link
 * dev.runnel.pipeline.Pipeline} take iterators, collections, streams and futures; locks have their
 * views in {@link dev.runnel.sync}. What is bound to threads goes along with a {@link
 * dev.runnel.spi.ContextCapture}.
 */
@NullMarked
package dev.runnel.interop;

import org.jspecify.annotations.NullMarked;
