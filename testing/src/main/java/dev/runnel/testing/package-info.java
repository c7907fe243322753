/**
 * Tests of concurrent code: {@link dev.runnel.testing.Bubble} gives it virtual time, {@link
 * dev.runnel.testing.Explore} runs it in one order after another, {@link dev.runnel.testing.Leaks}
 * finds what it leaves behind.
 */
@NullMarked
package dev.runnel.testing;

import org.jspecify.annotations.NullMarked;
