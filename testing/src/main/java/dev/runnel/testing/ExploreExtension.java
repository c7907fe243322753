package dev.runnel.testing;

import dev.runnel.Task;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** Runs a test in many schedules: see {@link Explored}. */
class ExploreExtension extends BubbleExtension {

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    Explored explored =
        AnnotationSupport.findAnnotation(method.getExecutable(), Explored.class).orElseThrow();
    invocation.skip(); // JUnit lets it proceed only once
    Object test = method.getTarget().orElse(null);
    Object[] arguments = method.getArguments().toArray();
    Task once = () -> ReflectionSupport.invokeMethod(method.getExecutable(), test, arguments);
    exploration(explored).run(once);
  }

  private static Explore exploration(Explored explored) {
    if (!explored.replay().isEmpty()) {
      return Explore.replay(explored.replay());
    }
    return Explore.schedules(explored.value()).by(strategy(explored));
  }

  private static Strategy strategy(Explored explored) {
    return switch (explored.by()) {
      case MIXED -> Strategy.mixed();
      case RANDOM_WALK -> Strategy.randomWalk();
      case PCT -> Strategy.pct(explored.depth());
      case EXHAUSTIVE -> Strategy.exhaustive(explored.depth());
    };
  }
}
