package dev.runnel.race.programs;

import java.nio.file.Files;
import java.nio.file.Path;
import jdk.jfr.Event;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/** Switches the Flight Recorder on when its events have been loaded, and reads them. */
final class Flights {

  private Flights() {}

  /** An event below the JDK's class. */
  abstract static class Numbered extends Event {
    static int made;
    int number;
  }

  /** One that is recorded. */
  static final class Landing extends Numbered {
    String place = "nowhere";
  }

  public static void main(String[] args) throws Exception {
    land(1);
    Path file = Files.createTempFile("flights", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable(Landing.class);
      recording.start();
      land(2);
      recording.stop();
      recording.dump(file);
    }
    for (var event : RecordingFile.readAllEvents(file)) {
      System.out.println("landed " + event.getInt("number") + " at " + event.getString("place"));
    }
    Files.delete(file);
  }

  private static void land(int number) {
    Numbered.made++;
    Landing landing = new Landing();
    landing.number = number;
    landing.place = "home";
    landing.commit();
  }
}
