package dev.runnel.observe;

import static dev.runnel.Go.go;

import dev.runnel.Chan;

/** Starts a goroutine, says so, and ends when its input does: see OutsideTest. */
final class Observed {

  private Observed() {}

  public static void main(String[] args) throws Exception {
    Chan<Integer> channel = Chan.unbuffered();
    var reader = go("reader", () -> channel.receive());
    while (!reader.toString().endsWith("[chan receive]")) {
      Thread.onSpinWait();
    }
    System.out.println("ready");
    System.in.transferTo(System.err); // its end
    channel.close();
    reader.join();
  }
}
