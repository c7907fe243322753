package dev.runnel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What dumps, debuggers and exceptions call the things of this area. */
class ChannelToStringTest {

  @Test
  void aChannelTellsItsNumberAndItsKind() {
    assertThat(Chan.unbuffered().toString()).matches("chan \\d+ unbuffered");
    assertThat(Chan.buffered(0).toString()).matches("chan \\d+ unbuffered");
    assertThat(Chan.buffered(3).toString()).matches("chan \\d+ buffered\\(3\\)");
    assertThat(Chan.unbounded().toString()).matches("chan \\d+ unbounded");
    assertThat(Chan.nil()).hasToString("nil chan");
  }

  @Test
  void noTwoChannelsHaveTheSameName() {
    assertThat(Chan.unbuffered().toString()).isNotEqualTo(Chan.unbuffered().toString());
  }

  @Test
  void itTellsHowItEnded() {
    Chan<Integer> closed = Chan.unbuffered();
    closed.close();
    assertThat(closed.toString()).endsWith("unbuffered, closed");
    Chan<Integer> failed = Chan.buffered(1);
    failed.fail(new IllegalStateException("boom"));
    assertThat(failed.toString())
        .endsWith("buffered(1), failed: java.lang.IllegalStateException: boom");
  }

  @Test
  void resultsOfReceivesTellWhatTheyAre() {
    Chan<Integer> chan = Chan.buffered(1);
    assertThat(chan.tryReceive()).hasToString("Empty[]");
    chan.trySend(7);
    assertThat(chan.tryReceive()).hasToString("Value[value=7]");
    chan.close();
    assertThat(chan.tryReceive()).hasToString("Closed[cause=null]");
  }

  @Test
  void aFailureNamesItsCause() {
    assertThat(new ChannelFailedException(new IllegalStateException("boom")))
        .hasMessage("channel failed: java.lang.IllegalStateException: boom");
  }
}
