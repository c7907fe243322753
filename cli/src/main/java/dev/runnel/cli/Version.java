package dev.runnel.cli;

import dev.runnel.Go;
import picocli.CommandLine.IVersionProvider;

/** Says which Runnel this is, and on which Java it runs. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"Runnel " + ofRunnel() + " (Java " + Runtime.version() + ")"};
  }

  /** The build gives each module its version; on a class path there are no modules. */
  private static String ofRunnel() {
    var module = Go.class.getModule().getDescriptor();
    return module == null ? "unknown" : module.rawVersion().orElse("unknown");
  }
}
