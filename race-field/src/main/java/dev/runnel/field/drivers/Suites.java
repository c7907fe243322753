package dev.runnel.field.drivers;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Test classes that a library's makers publish, run by JUnit. */
final class Suites {
  private Suites() {}

  public static void main(String[] classes) {
    List<ClassSelector> selected = Stream.of(classes).map(name -> selectClass(name)).toList();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selected)
                .configurationParameter("junit.jupiter.execution.timeout.default", "60 s")
                .build(),
            listener);
    listener.getSummary().printTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    listener
        .getSummary()
        .getFailures()
        .forEach(f -> System.out.println(f.getTestIdentifier() + " " + f.getException()));
    Crew.check(listener.getSummary().getTestsSucceededCount() > 0, "no test succeeded");
  }
}
