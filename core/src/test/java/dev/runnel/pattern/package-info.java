/** Tests of the patterns. Each is accounted for: no goroutine may outlive its test. */
@NullMarked
package dev.runnel.pattern;

import org.jspecify.annotations.NullMarked;
