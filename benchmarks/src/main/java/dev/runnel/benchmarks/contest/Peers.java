package dev.runnel.benchmarks.contest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** What the contestants are called in a report, and their versions. */
final class Peers {
  private Peers() {}

  /** The name for people. */
  static String title(String name) {
    return switch (name) {
      case "runnel" -> "Runnel";
      case "go" -> "Go";
      case "kotlin" -> "Kotlin";
      case "jox" -> "Jox";
      case "juc" -> "j.u.c";
      case "park" -> "pure park";
      default -> name;
    };
  }

  /** The versions of the libraries, as Maven knows them. */
  static String versions() throws IOException {
    Properties versions = new Properties();
    try (InputStream in = Peers.class.getResourceAsStream("versions.properties")) {
      if (in == null) {
        throw new IOException("versions.properties is missing in this build");
      }
      versions.load(in);
    }
    return "Kotlin %s with coroutines %s, Jox %s"
        .formatted(
            versions.getProperty("kotlin"),
            versions.getProperty("coroutines"),
            versions.getProperty("jox"));
  }
}
