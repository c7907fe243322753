package dev.runnel.testing;

import dev.runnel.Task;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs tests under a leak check: see {@link NoLeaks}. */
class LeakExtension extends TestMethodExtension {

  @Override
  void run(Task test, ExtensionContext context) throws Exception {
    Leaks.check(test);
  }
}
