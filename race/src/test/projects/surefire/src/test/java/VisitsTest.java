import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Passes, race or not: who looks at the count alone finds nothing. */
class VisitsTest {
  @Test
  void countsVisitsOfTwoThreads() throws Exception {
    Visits visits = new Visits();
    Thread one = Thread.ofPlatform().start(visits::visit);
    Thread two = Thread.ofVirtual().start(visits::visit);
    one.join();
    two.join();
    assertTrue(visits.count() > 0);
  }
}
