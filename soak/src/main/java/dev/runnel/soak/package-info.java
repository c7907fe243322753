/**
 * The soak: thousands of goroutines at random work for as long as asked, every value accounted for.
 */
@NullMarked
package dev.runnel.soak;

import org.jspecify.annotations.NullMarked;
