/**
 * How pipelines run: a stage pushes its values into an outlet, and returns when it has no more or
 * the outlet wants no more.
 */
@NullMarked
package dev.runnel.internal.pipeline;

import org.jspecify.annotations.NullMarked;
