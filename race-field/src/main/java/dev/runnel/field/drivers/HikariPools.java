package dev.runnel.field.drivers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import java.util.UUID;

/** HikariCP: more threads than connections, leaks told of, connections evicted, the pool closed. */
final class HikariPools {
  private static final int ROWS = 20;

  private HikariPools() {}

  public static void main(String[] args) throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    config.setMaximumPoolSize(3);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(10_000);
    config.setLeakDetectionThreshold(2_000);
    config.setRegisterMbeans(true);
    config.setPoolName("field");
    try (HikariDataSource source = new HikariDataSource(config)) {
      try (Connection c = source.getConnection();
          Statement s = c.createStatement()) {
        s.execute("create table account(id int primary key, amount int)");
        for (int i = 0; i < ROWS; i++) {
          s.execute("insert into account values(" + i + ", 100)");
        }
      }
      Crew.work(
          random -> use(source, random),
          random -> use(source, random),
          random -> use(source, random),
          random -> use(source, random),
          random -> use(source, random),
          random -> watch(source, random));
    }
    Crew.work(2, random -> shortLived());
  }

  private static void use(HikariDataSource source, SplittableRandom random) throws SQLException {
    try (Connection c = source.getConnection()) {
      boolean transaction = random.nextBoolean();
      if (transaction) {
        c.setAutoCommit(false);
        c.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      }
      try (PreparedStatement s = c.prepareStatement("select amount from account where id = ?")) {
        s.setInt(1, random.nextInt(ROWS));
        try (ResultSet found = s.executeQuery()) {
          Crew.check(found.next() && found.getInt(1) == 100, "a wrong amount");
        }
      }
      if (random.nextInt(20) == 0) {
        source.evictConnection(c);
      }
      if (transaction) {
        c.commit();
      }
    }
  }

  private static void watch(HikariDataSource source, SplittableRandom random) {
    var pool = source.getHikariPoolMXBean();
    Crew.check(pool.getActiveConnections() <= 3, "more connections than allowed");
    Crew.check(pool.getThreadsAwaitingConnection() >= 0, "less than none");
    Crew.check(source.isRunning(), "not running");
    if (random.nextInt(1_000) == 0) {
      pool.softEvictConnections();
    }
    if (random.nextInt(1_000) == 0) {
      source.getHikariConfigMXBean().setMaximumPoolSize(2 + random.nextInt(2));
    }
  }

  /** A pool that is used and closed at once, while it still fills. */
  private static void shortLived() throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
    config.setMaximumPoolSize(2);
    try (HikariDataSource source = new HikariDataSource(config);
        Connection c = source.getConnection()) {
      Crew.check(c.isValid(1), "no connection");
    }
  }
}
