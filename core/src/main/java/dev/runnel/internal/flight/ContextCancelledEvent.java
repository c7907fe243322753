package dev.runnel.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** A context ends, and with it all below it. */
@Name("dev.runnel.ContextCancelled")
@Label("Context Cancelled")
@Description("A context has been cancelled, or its deadline has passed; all below it end with it")
@Category("Runnel")
@Enabled(false)
final class ContextCancelledEvent extends Event {
  @Label("Context")
  String context = "";

  @Label("Deadline")
  @Description("Whether its deadline has passed")
  boolean deadline;

  @Label("Cause")
  @Nullable String cause;
}
