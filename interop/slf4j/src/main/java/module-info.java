/**
 * Goroutines inherit the MDC of SLF4J from whoever starts them: to have this module on the class
 * path or the module path is all it takes.
 */
module dev.runnel.slf4j {
  requires dev.runnel;
  requires org.slf4j;
  requires static org.jspecify;

  provides dev.runnel.spi.ContextCapture with
      dev.runnel.slf4j.MdcCapture;
}
