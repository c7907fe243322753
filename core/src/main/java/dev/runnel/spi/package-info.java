/**
 * Where other libraries attach: a {@link dev.runnel.spi.Source} can be received from, a {@link
 * dev.runnel.spi.Sink} sent to, so that a foreign queue takes part in channels and select; a {@link
 * dev.runnel.spi.ContextCapture} carries what is bound to a thread into its goroutines.
 */
@NullMarked
package dev.runnel.spi;

import org.jspecify.annotations.NullMarked;
