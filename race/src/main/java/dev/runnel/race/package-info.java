/**
 * A detector of data races for any program: {@code -javaagent:runnel-race.jar}.
 *
 * <p>Programs need nothing of this, except {@link dev.runnel.race.RaceIgnore} if they like.
 */
@NullMarked
package dev.runnel.race;

import org.jspecify.annotations.NullMarked;
