package dev.runnel.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

/** A wait in an operation of Runnel other than a select. */
@Name("dev.runnel.Blocked")
@Label("Blocked")
@Description("A goroutine or thread has waited in an operation of Runnel")
@Category("Runnel")
@Threshold("20 ms")
final class BlockedEvent extends Event {
  @Label("Operation")
  @Description("What it waited for, in Go's words")
  String operation = "";

  @Label("Blocked On")
  @Description("The channel, lock or goroutine that it waited for")
  String blockedOn = "";
}
