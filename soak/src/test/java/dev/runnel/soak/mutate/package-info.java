/** Mutations of the engine, by hand: each breaks one line, and some test must notice. */
package dev.runnel.soak.mutate;
