/** Fields that are used from another package. */
@NullMarked
package dev.runnel.race.programs.above;

import org.jspecify.annotations.NullMarked;
