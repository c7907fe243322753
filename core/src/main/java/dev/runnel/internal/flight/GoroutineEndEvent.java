package dev.runnel.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A goroutine has ended. */
@Name("dev.runnel.GoroutineEnd")
@Label("Goroutine End")
@Description("A goroutine has ended")
@Category("Runnel")
@Enabled(false)
@StackTrace(false)
final class GoroutineEndEvent extends Event {
  @Label("Goroutine")
  @Description("The number of the goroutine, which is that of its thread")
  long goroutine;

  @Label("Name")
  String name = "";

  @Label("Failure")
  @Description("What it threw, if it threw")
  @Nullable String failure;
}
