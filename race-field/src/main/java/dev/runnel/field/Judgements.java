package dev.runnel.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What has been found out about races, of {@code docs/race-field-report.md}: a file with a line for
 * each variable, of the library, the variable, and the verdict.
 */
final class Judgements {
  private final Map<String, String> verdicts = new LinkedHashMap<>();

  private Judgements() {}

  static Judgements read(Path file) throws IOException {
    Judgements all = new Judgements();
    for (String line : Files.readAllLines(file)) {
      String[] words = line.strip().split("\\s+", 3);
      if (words.length == 3 && !line.startsWith("#")) {
        all.verdicts.put(words[0] + " " + words[1], words[2]);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        throw new IOException("not a judgement: " + line);
      }
    }
    return all;
  }

  /** The variables that a run raced on. */
  static Set<String> variables(Path json) throws IOException {
    Set<String> all = new TreeSet<>();
    for (JsonNode race : new ObjectMapper().readTree(json.toFile())) {
      all.add(variable(race));
    }
    return all;
  }

  /** An element of an array is told by the class that used it. */
  private static String variable(JsonNode race) {
    String name = race.get("variable").asText();
    if (!name.endsWith("]")) {
      return name;
    }
    String user = race.get("now").get("stack").get(0).get("class").asText();
    return name.replaceAll("\\[\\d+]$", "") + "@" + user.substring(user.lastIndexOf('.') + 1);
  }

  /** The verdict on a variable; "new" if there is none. */
  String of(Library library, String variable) {
    return verdicts.getOrDefault(library.name() + " " + variable, "new");
  }
}
