/** How classes are instrumented. */
@NullMarked
package dev.runnel.race.agent;

import org.jspecify.annotations.NullMarked;
