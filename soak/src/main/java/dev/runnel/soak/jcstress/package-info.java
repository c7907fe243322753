/**
 * Tests of what may be seen when a few operations meet, run by jcstress millions of times in every
 * compilation mode. Each class tells of one kind of meeting.
 */
@NullMarked
package dev.runnel.soak.jcstress;

import org.jspecify.annotations.NullMarked;
