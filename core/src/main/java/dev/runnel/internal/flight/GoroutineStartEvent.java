package dev.runnel.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A goroutine is started. */
@Name("dev.runnel.GoroutineStart")
@Label("Goroutine Start")
@Description("A goroutine is started, where the stack says")
@Category("Runnel")
@Enabled(false)
final class GoroutineStartEvent extends Event {
  @Label("Goroutine")
  @Description("The number of the goroutine, which is that of its thread")
  long goroutine;

  @Label("Name")
  String name = "";
}
