/** The one parker: everything that blocks in Runnel waits and is woken here. */
@NullMarked
package dev.runnel.internal.park;

import org.jspecify.annotations.NullMarked;
