/**
 * Events for the JDK's Flight Recorder: all that knows of {@code jdk.jfr}, which may be missing.
 */
@NullMarked
package dev.runnel.internal.flight;

import org.jspecify.annotations.NullMarked;
