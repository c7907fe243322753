package dev.runnel.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.spi.ContextCapture;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** On the module path the adapter is found by its descriptor. */
class ModulePathTest {

  @Test
  void theModuleProvidesTheAdapter() throws Exception {
    Path[] path =
        Stream.of(
                ContextCapture.class,
                MicrometerCapture.class,
                io.micrometer.context.ContextSnapshot.class)
            .map(ModulePathTest::home)
            .toArray(Path[]::new);
    ModuleLayer boot = ModuleLayer.boot();
    Configuration modules =
        boot.configuration()
            .resolve(ModuleFinder.of(path), ModuleFinder.of(), Set.of("dev.runnel.micrometer"));
    ModuleLayer layer = boot.defineModulesWithOneLoader(modules, null);
    Class<?> service = layer.findLoader("dev.runnel").loadClass("dev.runnel.spi.ContextCapture");
    assertThat(ServiceLoader.load(layer, service).stream().map(ServiceLoader.Provider::type))
        .singleElement()
        .isEqualTo(layer.findLoader("dev.runnel").loadClass(MicrometerCapture.class.getName()));
    assertThat(ServiceLoader.load(layer, service).findFirst()).as("can be made").isPresent();
  }

  private static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new LinkageError("where is " + type, e);
    }
  }
}
