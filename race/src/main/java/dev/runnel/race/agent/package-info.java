/**
 * How classes are instrumented.
 *
 * <p>{@code Agent} is where the JVM begins; {@code Start} opens what is needed, instruments what is
 * loaded already, and lets {@code SelfCheck} prove that races are found. From then on {@code
 * Transformer} is given each class file. {@code Scope} tells whether to check what the class reads
 * and writes, or only to follow how it synchronises. {@code ClassInstrumenter} rewrites it: {@code
 * Members} adds the shadow words and checks of its fields, {@code MethodPlan} finds out what a
 * method needs, and {@code MethodInstrumenter} and {@code Calls} write it. {@code Shapes} tells of
 * a field that is used which class declares it and how, without loading that class. {@code
 * EdgeTable} has the methods that order something in a way that their code does not show.
 */
@NullMarked
package dev.runnel.race.agent;

import org.jspecify.annotations.NullMarked;
