package dev.runnel.race;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What is read and written here may race on purpose: the detector neither checks nor notes it. What
 * synchronises here still counts. On a field: whoever uses it.
 *
 * <p>The detector goes by the simple name, so a program that would rather not depend on this module
 * can declare an annotation {@code RaceIgnore} of its own, retained in class files.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.FIELD})
public @interface RaceIgnore {}
