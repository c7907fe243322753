/** The clock, and the one timer service behind every deadline, timeout and sleep. */
@NullMarked
package dev.runnel.internal.time;

import org.jspecify.annotations.NullMarked;
