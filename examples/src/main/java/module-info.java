/**
 * Complete small programs written with Runnel: each can be read in a minute, and has a test that
 * runs it.
 */
module dev.runnel.examples {
  requires transitive dev.runnel;
  requires static org.jspecify;

  exports dev.runnel.examples;
}
