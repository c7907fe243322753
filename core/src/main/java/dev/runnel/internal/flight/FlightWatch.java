package dev.runnel.internal.flight;

import java.util.Optional;

/** Sees to it that recordings of the Flight Recorder hold Runnel's events, if there is one. */
public final class FlightWatch {

  private FlightWatch() {}

  /**
   * Waits for recordings, on a thread that ends at once: to load what listens takes a few
   * milliseconds, which no program should pay at its first goroutine.
   */
  public static void start() {
    Optional<Module> recorder = ModuleLayer.boot().findModule("jdk.jfr");
    if (recorder.isPresent() && FlightWatch.class.getModule().canRead(recorder.get())) {
      Thread.ofPlatform()
          .daemon()
          .name("runnel-flight")
          .inheritInheritableThreadLocals(false)
          .start(FlightEvents.Listener::listen);
    }
  }
}
