package dev.runnel.testing;

import dev.runnel.Task;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Runs test methods of all kinds in some other way than JUnit does. */
abstract class TestMethodExtension implements InvocationInterceptor {

  /** Runs a test once. */
  abstract void run(Task test, ExtensionContext context) throws Exception;

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    run(invocation, context);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    run(invocation, context);
  }

  private void run(Invocation<@Nullable Void> invocation, ExtensionContext context)
      throws Exception {
    run(() -> proceed(invocation), context);
  }

  private static void proceed(Invocation<@Nullable Void> invocation) throws Exception {
    try {
      invocation.proceed();
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable other) {
      throw new AssertionError(other);
    }
  }
}
