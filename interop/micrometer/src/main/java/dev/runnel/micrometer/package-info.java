/** What this module has to provide; users have nothing to call. */
@NullMarked
package dev.runnel.micrometer;

import org.jspecify.annotations.NullMarked;
