/** The snippets of docs/guide.md, compiled and run. */
@NullMarked
package dev.runnel.guide;

import org.jspecify.annotations.NullMarked;
