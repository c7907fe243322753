package dev.runnel.testing;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;

import java.lang.annotation.Documented;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test, or a class of tests, that must leave no goroutines behind: each test method runs under
 * {@link Leaks#check}, in real time. It runs on a goroutine. Subclasses of such a class are checked
 * too. If a test fails and leaves goroutines, a suppressed {@link LeakError} says where they are.
 *
 * <p>Works with JUnit 5 and 6, and with tests that run in parallel.
 *
 * {@snippet class="dev.runnel.testing.guide.TestingPageTest" region="noLeaks"}
 */
@ExtendWith(LeakExtension.class)
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({METHOD, TYPE})
public @interface NoLeaks {}
