package dev.runnel.testing;

import dev.runnel.Task;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Runs tests in bubbles, and gives them the clock: see {@link RunnelTest}. */
class BubbleExtension extends TestMethodExtension implements ParameterResolver {

  @Override
  void run(Task test, ExtensionContext context) throws Exception {
    Bubble.run(test);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Clock.class || type == InstantSource.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return new HereClock(ZoneOffset.UTC);
  }

  /** The clock of whatever bubble asks: parameters are made before there is one. */
  private static final class HereClock extends Clock {
    private final ZoneId zone;

    HereClock(ZoneId zone) {
      this.zone = zone;
    }

    @Override
    public ZoneId getZone() {
      return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
      return new HereClock(other);
    }

    @Override
    public Instant instant() {
      return Bubble.clock().instant();
    }
  }
}
