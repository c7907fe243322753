/**
 * What the tests share: threads of both kinds, and waiting for what must come without guessing
 * when.
 */
@NullMarked
package dev.runnel.testkit;

import org.jspecify.annotations.NullMarked;
