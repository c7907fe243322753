/** What this module has to provide; users have nothing to call. */
@NullMarked
package dev.runnel.opentelemetry;

import org.jspecify.annotations.NullMarked;
