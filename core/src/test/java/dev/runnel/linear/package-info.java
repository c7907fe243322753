/**
 * Linearizability: random small programs run on real threads, and each history is checked against a
 * sequential model of channels.
 *
 * <p>{@code Program} is what the threads do, {@code Execution} lets them do it and notes a {@code
 * Call} for each operation, {@code Model} is what channels are, and {@code Checker} looks for an
 * order of the calls that the model could have gone through.
 */
package dev.runnel.linear;
