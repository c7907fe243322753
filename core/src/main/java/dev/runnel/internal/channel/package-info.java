/** The channel engine. */
@NullMarked
package dev.runnel.internal.channel;

import org.jspecify.annotations.NullMarked;
