package dev.runnel.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

/** A wait in a select. */
@Name("dev.runnel.Select")
@Label("Select")
@Description("A goroutine or thread has waited in a select")
@Category("Runnel")
@Threshold("20 ms")
final class SelectEvent extends Event {
  @Label("Cases")
  @Description("What it chose among")
  String cases = "";
}
