/** The context tree. */
@NullMarked
package dev.runnel.internal.context;

import org.jspecify.annotations.NullMarked;
