/** The two seams where tools attach: at every operation, and in the parker. */
@NullMarked
package dev.runnel.internal.hook;

import org.jspecify.annotations.NullMarked;
