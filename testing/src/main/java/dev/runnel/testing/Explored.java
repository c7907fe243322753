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
 * A test that is run in many schedules by {@link Explore}. What stands for a {@link RunnelTest}
 * stands for this, too. The methods before and after it run once, and so does its constructor: a
 * test that changes fields must set them itself.
 *
 * {@snippet class="dev.runnel.testing.guide.TestingPageTest" region="explored"}
 */
@Test
@ExtendWith(ExploreExtension.class)
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({METHOD, ANNOTATION_TYPE})
public @interface Explored {

  /**
   * How many schedules to run at most.
   *
   * @return the number, more than zero
   */
  int value() default 1000;

  /**
   * How to choose.
   *
   * @return the strategy
   */
  By by() default By.MIXED;

  /**
   * For {@link By#PCT}, how many orderings the defect needs; for {@link By#EXHAUSTIVE}, how many
   * preemptions.
   *
   * @return the number
   */
  int depth() default 3;

  /**
   * The seed of one schedule to repeat, as a {@link ScheduleError} told it.
   *
   * @return the seed; empty to explore
   */
  String replay() default "";

  /** A {@link Strategy}. */
  enum By {
    /** {@link Strategy#mixed}. */
    MIXED,
    /** {@link Strategy#randomWalk}. */
    RANDOM_WALK,
    /** {@link Strategy#pct}. */
    PCT,
    /** {@link Strategy#exhaustive}. */
    EXHAUSTIVE
  }
}
