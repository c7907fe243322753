/** The snippets that the Javadoc shows, compiled and run. */
@NullMarked
package dev.runnel.snippets;

import org.jspecify.annotations.NullMarked;
