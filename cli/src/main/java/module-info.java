/** The commands behind {@code ./runnel}. */
module dev.runnel.cli {
  requires dev.runnel;
  requires dev.runnel.examples;
  requires info.picocli;
  requires me.tongfei.progressbar;
  requires static org.jspecify;

  opens dev.runnel.cli to
      info.picocli;
}
