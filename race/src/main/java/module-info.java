import org.jspecify.annotations.NullMarked;

/** A detector of data races for any program. At run time all but one class is the boot loader's. */
@NullMarked
module dev.runnel.race {
  requires java.instrument;
  requires static org.jspecify;

  exports dev.runnel.race;
}
