/** Goroutines, the worlds they live in, and what they run under. */
@NullMarked
package dev.runnel.internal.goroutine;

import org.jspecify.annotations.NullMarked;
