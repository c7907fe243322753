package dev.runnel.field.drivers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** H2: a connection for each thread, in memory and in a file; its store used without SQL. */
final class H2Databases {
  private static final int ROWS = 50;

  private H2Databases() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("field-h2");
    try {
      store(folder.resolve("store.mv").toString());
      database("jdbc:h2:mem:" + UUID.randomUUID());
      database("jdbc:h2:file:" + folder.resolve("data") + ";WRITE_DELAY=10");
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws Exception {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }

  private static void database(String url) throws Exception {
    try (Connection first = DriverManager.getConnection(url)) {
      try (Statement s = first.createStatement()) {
        s.execute("create table account(id int primary key, amount int, name varchar)");
        s.execute("create index by_amount on account(amount)");
        s.execute("create sequence numbers");
        for (int i = 0; i < ROWS; i++) {
          s.execute("insert into account values(" + i + ", 100, 'name" + i + "')");
        }
      }
      Crew.work(
          random -> connected(url, H2Databases::move, random),
          random -> connected(url, H2Databases::move, random),
          random -> connected(url, H2Databases::sum, random),
          random -> connected(url, H2Databases::mixed, random));
    }
  }

  private interface Use {
    void of(Connection c, SplittableRandom random) throws SQLException;
  }

  private static void connected(String url, Use use, SplittableRandom random) throws SQLException {
    try (Connection c = DriverManager.getConnection(url)) {
      for (int i = 0; i < 20; i++) {
        use.of(c, random);
      }
    }
  }

  /** Moves money from one account to another; a conflict with others undoes it. */
  private static void move(Connection c, SplittableRandom random) throws SQLException {
    c.setAutoCommit(false);
    int amount = random.nextInt(10);
    try (PreparedStatement s =
        c.prepareStatement("update account set amount = amount + ? where id = ?")) {
      for (int sign : new int[] {1, -1}) {
        s.setInt(1, sign * amount);
        s.setInt(2, random.nextInt(ROWS));
        s.executeUpdate();
      }
      c.commit();
    } catch (SQLException e) {
      c.rollback(); // a deadlock, a timeout, or a conflict: to be tried again
      if (!e.getSQLState().startsWith("40") && !e.getSQLState().equals("HYT00")) {
        throw e;
      }
    }
  }

  private static void sum(Connection c, SplittableRandom random) throws SQLException {
    String query = "select sum(amount), count(*) from account where id >= 0 and amount > ?";
    try (PreparedStatement s = c.prepareStatement(query)) {
      s.setInt(1, -1_000_000);
      try (ResultSet found = s.executeQuery()) {
        Crew.check(found.next() && found.getInt(1) == 100 * ROWS, "money is lost");
      }
    }
  }

  private static void mixed(Connection c, SplittableRandom random) throws SQLException {
    try (Statement s = c.createStatement()) {
      switch (random.nextInt(5)) {
        case 0 -> s.execute("create local temporary table if not exists t(a int)");
        case 1 -> s.execute("select next value for numbers");
        case 2 -> s.execute("analyze table account");
        case 3 -> s.execute("select * from information_schema.tables");
        default -> {
          int id = random.nextInt(ROWS);
          String other = "select b.name from account a join account b on a.id = b.id where a.id = ";
          try (ResultSet found = s.executeQuery(other + id)) {
            Crew.check(found.next() && found.getString(1).equals("name" + id), "another name");
          }
        }
      }
    }
  }

  private static void store(String file) throws Exception {
    try (MVStore store = new MVStore.Builder().fileName(file).autoCommitBufferSize(64).open()) {
      MVMap<Integer, String> map = store.openMap("data");
      Crew.work(
          random -> map.put(random.nextInt(500), "v"),
          random -> map.remove(random.nextInt(500)),
          random -> Crew.check(!"w".equals(map.get(random.nextInt(500))), "never put"),
          random -> {
            if (random.nextInt(500) == 0) {
              store.commit();
            }
            int before = -1;
            var cursor = map.cursor(random.nextInt(500));
            for (int i = 0; i < 20 && cursor.hasNext(); i++) {
              int key = cursor.next();
              Crew.check(key > before, "not in order");
              before = key;
            }
          });
    }
  }
}
