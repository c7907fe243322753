/**
 * What instrumented code calls, and what it leads to. It uses nothing that is instrumented in a way
 * that could lead back here.
 */
@NullMarked
package dev.runnel.race.runtime;

import org.jspecify.annotations.NullMarked;
