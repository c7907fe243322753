package dev.runnel.testing;

import static java.lang.annotation.ElementType.ANNOTATION_TYPE;
import static java.lang.annotation.ElementType.METHOD;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs in a {@link Bubble}: with virtual time, and failing if it deadlocks or leaves
 * goroutines behind. A parameter of type {@link java.time.Clock} or {@link java.time.InstantSource}
 * is the clock of the bubble.
 *
 * {@snippet class="dev.runnel.testing.guide.TestingPageTest" region="runnelTest"}
 *
 * <p>Works with JUnit 5 and 6, and with tests that run in parallel: each has a bubble of its own. A
 * test that fails shows what its goroutines were doing.
 *
 * <p>The test method alone is in the bubble, not the methods before and after it, nor the fields of
 * the test class: channels and locks that are made there are outside. It runs on a goroutine, so
 * thread-locals of JUnit's thread are not seen.
 */
@Test
@ExtendWith(BubbleExtension.class)
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({METHOD, ANNOTATION_TYPE})
public @interface RunnelTest {}
