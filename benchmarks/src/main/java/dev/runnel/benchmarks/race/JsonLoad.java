package dev.runnel.benchmarks.race;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Jackson: threads read orders from JSON, as a tree and as objects, and write them again. */
final class JsonLoad implements Load {
  private static final int ORDERS = 50;
  private static final int TIMES = 5;

  private final Crew crew = new Crew();
  private final ObjectMapper mapper = new ObjectMapper();
  private final byte[] json;

  /** Something bought. */
  record Item(String article, int count, double price, List<String> remarks) {}

  /** What somebody bought. */
  record Order(long number, String customer, boolean paid, List<Item> items) {}

  JsonLoad() throws IOException {
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      List<Item> items = new ArrayList<>();
      for (int j = 0; j <= i % 5; j++) {
        items.add(new Item("article " + j, i + j, 1.25 * j, List.of("fragile", "with \"care\"")));
      }
      orders.add(new Order(1_000_000_000_000L + i, "Jürgen " + i, i % 2 == 0, items));
    }
    json = mapper.writeValueAsBytes(orders);
  }

  @Override
  public void piece() throws Exception {
    long sum =
        crew.sum(number -> {
          long bytes = 0;
          for (int i = 0; i < TIMES; i++) {
            JsonNode tree = mapper.readTree(json);
            Order[] orders = mapper.readValue(json, Order[].class);
            Crew.expect(tree.size(), orders.length);
            bytes += mapper.writeValueAsBytes(orders).length;
          }
          return bytes;
        });
    Crew.expect((long) Crew.THREADS * TIMES * json.length, sum);
  }

  @Override
  public void close() {
    crew.close();
  }
}
