package dev.runnel.benchmarks.race;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** H2: threads with a connection each insert, change, join and delete rows of one database. */
final class DatabaseLoad implements Load {
  private static final int ROWS = 40;
  private static final int LOOKED_AT = 10;

  private final Crew crew = new Crew();
  private final Connection[] connections = new Connection[Crew.THREADS];

  DatabaseLoad() throws SQLException {
    for (int i = 0; i < connections.length; i++) {
      connections[i] = DriverManager.getConnection("jdbc:h2:mem:race;DB_CLOSE_DELAY=-1");
      connections[i].setAutoCommit(false);
    }
    try (Statement statement = connections[0].createStatement()) {
      statement.execute("create table place (id int primary key, name varchar(40))");
      statement.execute(
          "create table visit (id int primary key, place int, who varchar(40), cost int)");
      statement.execute("create index visits on visit (place)");
      statement.execute("insert into place select x, 'place ' || x from system_range(0, 9)");
    }
    connections[0].commit();
  }

  @Override
  public void piece() throws Exception {
    long sum = crew.sum(number -> visits(connections[number], number * ROWS));
    Crew.expect((long) Crew.THREADS * LOOKED_AT * LOOKED_AT, sum);
  }

  private static long visits(Connection connection, int first) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement("insert into visit values (?, ?, ?, ?)");
        PreparedStatement update =
            connection.prepareStatement("update visit set cost = cost + 1 where id = ?");
        PreparedStatement select =
            connection.prepareStatement(
                "select count(*), max(p.name) from visit v join place p on p.id = v.place"
                    + " where v.id >= ? and v.id < ? and v.cost > 0 and v.who like '%body%'");
        PreparedStatement delete =
            connection.prepareStatement("delete from visit where id >= ? and id < ?")) {
      for (int id = first; id < first + ROWS; id++) {
        insert.setInt(1, id);
        insert.setInt(2, id % 10);
        insert.setString(3, "somebody " + id);
        insert.setInt(4, id);
        insert.executeUpdate();
        update.setInt(1, id);
        update.executeUpdate();
      }
      connection.commit();
      long found = 0;
      for (int i = 0; i < LOOKED_AT; i++) {
        select.setInt(1, first + i);
        select.setInt(2, first + i + LOOKED_AT);
        try (ResultSet rows = select.executeQuery()) {
          rows.next();
          found += rows.getInt(1);
        }
      }
      delete.setInt(1, first);
      delete.setInt(2, first + ROWS);
      delete.executeUpdate();
      connection.commit();
      return found;
    }
  }

  @Override
  public void close() throws SQLException {
    crew.close();
    for (Connection connection : connections) {
      connection.close();
    }
  }
}
