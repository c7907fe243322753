package dev.runnel.race.programs;

import java.lang.reflect.Field;
import java.util.Map;

/** Loads every class that the detector's table names; it says so if one has not what it names. */
public final class Rows {
  private Rows() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    Field rows =
        Class.forName("dev.runnel.race.agent.EdgeTable", true, null).getDeclaredField("ROWS");
    rows.setAccessible(true);
    int loaded = 0;
    for (Object name : ((Map<?, ?>) rows.get(null)).keySet()) {
      String type = ((String) name).replace('/', '.');
      Class.forName(type, false, Rows.class.getClassLoader());
      loaded++;
    }
    System.out.println(loaded + " classes loaded");
  }
}
