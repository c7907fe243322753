/** The engine of bubbles: accounting, virtual time, turns. */
@NullMarked
package dev.runnel.testing.internal;

import org.jspecify.annotations.NullMarked;
