/**
 * Complete small programs: {@link dev.runnel.examples.Digest} is a bounded, cancellable pipeline,
 * {@link dev.runnel.examples.PrimeSieve} a chain of goroutines that grows as it runs, {@link
 * dev.runnel.examples.ChatServer} a server with a few goroutines for every client.
 */
@NullMarked
package dev.runnel.examples;

import org.jspecify.annotations.NullMarked;
