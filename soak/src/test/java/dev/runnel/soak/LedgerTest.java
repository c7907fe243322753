package dev.runnel.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.Overflow;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger(3, 200);
  private final long value = Ledger.value(2, 130);

  @Test
  void whatWasSentAndCameIsCounted() {
    ledger.sent(value);
    ledger.sent(Ledger.value(0, 0));
    ledger.received(value);
    ledger.received(Ledger.value(0, 0));
    assertThat(ledger.balance(0)).isEqualTo(2);
  }

  @Test
  void whatIsMissingMustHaveBeenDropped() {
    ledger.sent(value);
    assertThat(ledger.balance(1)).isZero();
    assertThatThrownBy(() -> ledger.balance(0))
        .isInstanceOf(Violation.class)
        .hasMessageContaining("value 130 of sender 2");
  }

  @Test
  void nothingComesTwice() {
    ledger.sent(value);
    ledger.received(value);
    assertThatThrownBy(() -> ledger.received(value))
        .isInstanceOf(Violation.class)
        .hasMessage("received twice: value 130 of sender 2");
  }

  @Test
  void nothingComesThatWasNotSent() {
    ledger.received(value);
    assertThatThrownBy(() -> ledger.balance(0))
        .isInstanceOf(Violation.class)
        .hasMessageContaining("its send gave up: value 130 of sender 2");
  }

  @Test
  void ordersEachSendersValuesOnEachChannel() {
    Order order =
        new Order(
            new Plan(
                2,
                0,
                Overflow.SUSPEND,
                3,
                2,
                200,
                Plan.End.CLOSE_LAST,
                false,
                false,
                false,
                Plan.Threads.GOROUTINES));
    order.received(0, Ledger.value(1, 5));
    order.received(1, Ledger.value(1, 4));
    order.received(0, Ledger.value(2, 0));
    assertThatThrownBy(() -> order.received(0, Ledger.value(1, 4))).isInstanceOf(Violation.class);
  }
}
