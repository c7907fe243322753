package dev.runnel.field;

import java.nio.file.Path;
import java.util.List;

/**
 * What is run for a library.
 *
 * @param name what it is asked for by
 * @param jar the begin of the name of its jar, which tells its version
 * @param jvm options of the JVM
 * @param main the main class in {@code drivers}, and its arguments
 */
record Library(String name, String jar, List<String> jvm, List<String> main) {
  private static final List<String> NONE = List.of();

  /** For sun.misc.Unsafe without the JVM's warning. */
  private static final List<String> UNSAFE = List.of("--sun-misc-unsafe-memory-access=allow");

  private static final String POOL = "org.apache.commons.pool2.";
  private static final String NETTY = "io.netty.testsuite.transport.";

  /** All, in the order of the report. */
  static final List<Library> ALL =
      List.of(
          driver("caffeine", "caffeine-", NONE, "CaffeineCaches"),
          driver("guava-caches", "guava-", NONE, "GuavaCaches"),
          driver("guava-concurrent", "guava-", NONE, "GuavaConcurrent"),
          driver("hikari", "HikariCP-", NONE, "HikariPools"),
          driver("h2", "h2-", NONE, "H2Databases"),
          driver("lucene", "lucene-core-", NONE, "LuceneIndexes"),
          driver("lucene-test", "lucene-test-framework-", List.of("-ea"), "LuceneThreadedTest"),
          driver("jackson", "jackson-databind-", NONE, "JacksonMappers"),
          driver("netty", "netty-transport-4", UNSAFE, "NettyLoops"),
          driver(
              "netty-tests",
              "netty-testsuite-",
              UNSAFE,
              "Suites",
              NETTY + "socket.SocketEchoTest",
              NETTY + "socket.SocketCloseForciblyTest",
              NETTY + "socket.SocketAutoReadTest",
              NETTY + "DefaultEventLoopTest"),
          driver("jox", "channels-", NONE, "JoxChannels"),
          driver("jctools", "jctools-core-", UNSAFE, "JctoolsQueues"),
          driver("disruptor", "disruptor-", NONE, "DisruptorRings"),
          driver(
              "agrona",
              "agrona-",
              List.of(
                  "--sun-misc-unsafe-memory-access=allow",
                  "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED"),
              "AgronaBuffers"),
          driver("logback", "logback-classic-", NONE, "LogbackLoggers"),
          driver(
              "pool-tests",
              "commons-pool2-",
              NONE,
              "Suites",
              POOL + "impl.TestAbandonedObjectPool",
              POOL + "impl.TestAbandonedKeyedObjectPool",
              POOL + "impl.TestSoftReferenceObjectPool",
              POOL + "TestPoolUtils"));

  private static Library driver(String name, String jar, List<String> jvm, String... main) {
    return new Library(name, jar, jvm, List.of(main));
  }

  /** Its version, by its jar. */
  String version(List<Path> jars) {
    return jars.stream()
        .map(path -> path.getFileName().toString())
        .filter(file -> file.startsWith(jar) && !file.endsWith("-tests.jar"))
        .map(file -> file.replaceAll("^\\D*\\d*-|\\.jar$", ""))
        .findFirst()
        .orElse("?");
  }
}
