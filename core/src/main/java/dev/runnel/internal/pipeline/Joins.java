package dev.runnel.internal.pipeline;

import java.util.List;

/** Stages that put values before, between or after others. */
public final class Joins {

  private Joins() {}

  /** The values of one stage, then those of another. */
  public static <T> Stage<T> concat(Stage<? extends T> first, Stage<? extends T> second) {
    return out -> {
      Gate<T> gate = new Gate<>(out);
      first.run(gate);
      if (gate.isOpen()) {
        second.run(gate);
      }
    };
  }

  /** The values of several stages, one after another. */
  public static <T> Stage<T> concat(List<? extends Stage<? extends T>> stages) {
    return out -> {
      Pace.current().check();
      Gate<T> gate = new Gate<>(out);
      for (Stage<? extends T> stage : stages) {
        if (gate.isOpen()) {
          stage.run(gate);
        }
      }
    };
  }

  /** The values of one stage; if it has none, those of another. */
  public static <T> Stage<T> orElse(Stage<? extends T> first, Stage<? extends T> second) {
    return out -> {
      var seen =
          new Outlet<T>() {
            private boolean any;

            @Override
            public boolean put(T value) throws Exception {
              any = true;
              return out.put(value);
            }
          };
      first.run(seen);
      if (!seen.any) {
        second.run(out);
      }
    };
  }

  /** A value between each two. */
  public static <T> Stage<T> intersperse(Stage<T> up, T between) {
    return out ->
        up.run(
            new Outlet<T>() {
              private boolean first = true;

              @Override
              public boolean put(T value) throws Exception {
                if (first) {
                  first = false;
                } else if (!out.put(between)) {
                  return false;
                }
                return out.put(value);
              }
            });
  }

  /** A single value. */
  public static <T> Stage<T> one(T value) {
    return out -> out.put(value);
  }
}
