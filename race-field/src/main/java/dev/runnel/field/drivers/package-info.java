/**
 * Programs that use a library from several threads as its users would. They synchronise what is
 * theirs and no more: what else they did in common, such as count in one place, would order the
 * library's threads too, and hide its races.
 */
@NullMarked
package dev.runnel.field.drivers;

import org.jspecify.annotations.NullMarked;
