package dev.runnel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Context;
import dev.runnel.ErrGroup;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What an ErrGroup promises, in all kinds of orders. */
class GroupExploredTest {

  @Explored(500)
  void toItsOwnGoroutinesClosingIsTheEndOfTheContext() throws Exception {
    AtomicReference<@Nullable Exception> told = new AtomicReference<>();
    try (ErrGroup group = ErrGroup.open(Context.background())) {
      group.go(() -> {
        try {
          for (int i = 0; i < 4; i++) {
            group.tryGo(() -> {});
          }
        } catch (IllegalStateException closed) {
          told.set(closed);
        }
      });
      group.cancel();
    }
    assertThat(told.get()).isNull();
  }
}
