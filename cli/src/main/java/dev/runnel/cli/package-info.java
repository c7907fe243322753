/** The commands behind {@code ./runnel}, one class each. */
@NullMarked
package dev.runnel.cli;

import org.jspecify.annotations.NullMarked;
