package dev.runnel.field.drivers;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;

/** Jackson: one mapper, its readers and writers, shared by all threads, and young ones too. */
final class JacksonMappers {
  private JacksonMappers() {}

  enum Color {
    RED,
    GREEN
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({@JsonSubTypes.Type(Circle.class), @JsonSubTypes.Type(Square.class)})
  interface Shape {}

  record Circle(double radius) implements Shape {}

  record Square(double side, Color color) implements Shape {}

  /** With getters and setters, as beans have them. */
  public static final class Drawing {
    private String name = "";
    private List<Shape> shapes = new ArrayList<>();
    private Map<Color, Integer> counts = new EnumMap<>(Color.class);

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }

    public List<Shape> getShapes() {
      return shapes;
    }

    public void setShapes(List<Shape> shapes) {
      this.shapes = shapes;
    }

    public Map<Color, Integer> getCounts() {
      return counts;
    }

    public void setCounts(Map<Color, Integer> counts) {
      this.counts = counts;
    }
  }

  public static void main(String[] args) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    ObjectReader reader = mapper.readerFor(Drawing.class);
    ObjectWriter writer = mapper.writerFor(Drawing.class);
    Crew.work(4, random -> use(mapper, reader, writer, random));
    // What a mapper finds out about types is kept in its caches: begin anew, again and again.
    AtomicReference<ObjectMapper> young = new AtomicReference<>(new ObjectMapper());
    Crew.work(
        4,
        random -> {
          if (random.nextInt(10) == 0) {
            young.set(new ObjectMapper());
          }
          ObjectMapper now = young.get();
          use(now, now.readerFor(Drawing.class), now.writer(), random);
        });
  }

  private static void use(
      ObjectMapper mapper, ObjectReader reader, ObjectWriter writer, SplittableRandom random)
      throws IOException {
    Drawing drawing = new Drawing();
    drawing.setName("n" + random.nextInt(50));
    drawing.getShapes().add(new Circle(random.nextInt(9)));
    drawing.getShapes().add(new Square(random.nextInt(9), Color.GREEN));
    drawing.getCounts().put(Color.RED, random.nextInt(9));
    String text = writer.writeValueAsString(drawing);
    Drawing back = reader.readValue(text);
    Crew.check(back.getShapes().equals(drawing.getShapes()), "other shapes");
    switch (random.nextInt(4)) {
      case 0 -> {
        JsonNode tree = mapper.readTree(text);
        Crew.check(tree.get("shapes").size() == 2, "shapes are missing");
      }
      case 1 -> {
        Map<String, Object> map = mapper.readValue(text, new TypeReference<>() {});
        Crew.check(drawing.getName().equals(map.get("name")), "another name");
      }
      case 2 -> {
        Map<String, Object> map = mapper.convertValue(drawing, new TypeReference<>() {});
        // Names of fields that nobody saw yet, for the table of names that parsers share.
        String key = "k" + random.nextInt(100_000);
        map.put(key, 1);
        Crew.check(mapper.readTree(mapper.writeValueAsString(map)).has(key), "a key is missing");
      }
      default -> {
        byte[] bytes = mapper.writeValueAsBytes(List.of(drawing, drawing));
        List<Drawing> two = mapper.readValue(bytes, new TypeReference<>() {});
        Crew.check(two.size() == 2, "one is missing");
      }
    }
  }
}
