package dev.runnel.race.programs;

import java.lang.reflect.Method;

/** Runs one program: the name of its class and method, and whether it is the ordered one. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    Class<?> type = Class.forName(Main.class.getPackageName() + "." + args[0]);
    Method method = type.getDeclaredMethod(args[1], boolean.class);
    method.setAccessible(true);
    method.invoke(null, args[2].equals("ordered"));
    System.out.println("ran to its end");
  }
}
