/**
 * Go's {@code sync}: waiting for others without a channel between.
 *
 * <p>{@code sync/atomic} is {@link java.util.concurrent.atomic}, {@code sync.Map} is {@link
 * java.util.concurrent.ConcurrentHashMap}: Runnel does not wrap them.
 */
@NullMarked
package dev.runnel.sync;

import org.jspecify.annotations.NullMarked;
