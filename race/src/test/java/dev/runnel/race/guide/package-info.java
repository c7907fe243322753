/** The snippet of the guide's chapter about data races: a program, run under the detector. */
@NullMarked
package dev.runnel.race.guide;

import org.jspecify.annotations.NullMarked;
