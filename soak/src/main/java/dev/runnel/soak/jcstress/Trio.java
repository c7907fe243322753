package dev.runnel.soak.jcstress;

import dev.runnel.Go;
import dev.runnel.Goroutine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets two actors play three roles and more, the ones in the middle by goroutines. jcstress leaves
 * out tests that have more actors than the machine has processors, without failing; and so platform
 * and virtual threads meet.
 */
final class Trio {
  private final AtomicInteger missing = new AtomicInteger(1);
  private volatile boolean complete;

  /** The first role, played by the first actor as soon as all are there. */
  void first(Runnable role) {
    awaitAll();
    role.run();
  }

  /** The other roles: the last is played by the second actor, those before it by goroutines. */
  void others(Runnable... roles) {
    List<Goroutine> players = new ArrayList<>(roles.length);
    missing.addAndGet(roles.length - 1);
    for (int i = 0; i < roles.length - 1; i++) {
      Runnable role = roles[i];
      players.add(
          Go.go(() -> {
            ready();
            role.run();
          }));
    }
    ready();
    roles[roles.length - 1].run();
    for (Goroutine player : players) {
      var _ =
          Ops.outcome(() -> {
            player.join();
            return "";
          });
      if (player.failure() != null) {
        throw new AssertionError(player.failure());
      }
    }
  }

  private void ready() {
    if (missing.decrementAndGet() == 0) {
      complete = true;
    }
    awaitAll();
  }

  private void awaitAll() {
    while (!complete) {
      Ops.pause();
    }
  }
}
