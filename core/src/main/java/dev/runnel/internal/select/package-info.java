/** Select: its cases, and the algorithm that chooses one. */
@NullMarked
package dev.runnel.internal.select;

import org.jspecify.annotations.NullMarked;
