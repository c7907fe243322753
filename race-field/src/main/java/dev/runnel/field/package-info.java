/** The race detector over code that others wrote: {@code ./runnel race --field}. */
@NullMarked
package dev.runnel.field;

import org.jspecify.annotations.NullMarked;
