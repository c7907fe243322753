/** JMH benchmarks of the small things: one operation, one allocation. */
@NullMarked
package dev.runnel.benchmarks;

import org.jspecify.annotations.NullMarked;
