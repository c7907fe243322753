/** What this module has to provide; users have nothing to call. */
@NullMarked
package dev.runnel.slf4j;

import org.jspecify.annotations.NullMarked;
