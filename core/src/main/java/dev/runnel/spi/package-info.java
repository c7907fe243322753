/**
 * How a foreign queue takes part in channels and select: a {@link dev.runnel.spi.Source} can be
 * received from, a {@link dev.runnel.spi.Sink} sent to.
 */
@NullMarked
package dev.runnel.spi;

import org.jspecify.annotations.NullMarked;
