package dev.runnel.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs a test class for unbuffered and buffered channels, with virtual and platform threads: a
 * record with an {@code int capacity} and an {@link Actor.Kind}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "capacity {0}, {1}")
@CsvSource({
  "0, VIRTUAL", "1, VIRTUAL", "2, VIRTUAL", "100, VIRTUAL",
  "0, PLATFORM", "1, PLATFORM", "2, PLATFORM", "100, PLATFORM"
})
public @interface EveryChannel {}
