package dev.runnel.race.programs;

import groovy.lang.GroovyClassLoader;
import java.util.function.IntFunction;
import kotlin.LazyKt;
import kotlin.LazyThreadSafetyMode;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.Dispatchers;
import scala.collection.concurrent.TrieMap;
import scala.collection.mutable.ArrayBuffer;
import scala.collection.mutable.HashMap;
import scala.concurrent.Await;
import scala.concurrent.Promise;
import scala.concurrent.duration.Duration;

/** Classes that other compilers made: Kotlin's, Scala's, Groovy's. */
@SuppressWarnings({"unused", "unchecked"})
final class Languages {
  private Languages() {}

  static void kotlinDeque(boolean ordered) throws Exception {
    var shared = new kotlin.collections.ArrayDeque<String>();
    Pair.twice(ordered, () -> shared.addLast("a"));
  }

  static void kotlinLazy(boolean ordered) throws Exception {
    LazyThreadSafetyMode mode =
        ordered ? LazyThreadSafetyMode.SYNCHRONIZED : LazyThreadSafetyMode.NONE;
    var lazy = LazyKt.lazy(mode, () -> new int[] {1});
    Pair.both(lazy::getValue, lazy::getValue);
  }

  /** Coroutines on threads of Kotlin's; who runs them waits for all. */
  static void kotlinCoroutines(boolean ordered) throws Exception {
    Pair.Cell cell = new Pair.Cell();
    Runnable awaitSignal = Pair.quiet(Pair::awaitSignal);
    BuildersKt.runBlocking(
        EmptyCoroutineContext.INSTANCE,
        (scope, _) -> {
          if (ordered) {
            cell.value++;
          }
          BuildersKt.launch(
              scope,
              Dispatchers.getDefault(),
              CoroutineStart.DEFAULT,
              (_, _) -> {
                synchronized (new Object()) { // what is done before a release counts with a making
                  Pair.step(1);
                }
                cell.value++;
                Pair.signal();
                return kotlin.Unit.INSTANCE;
              });
          if (!ordered) {
            awaitSignal.run();
            cell.value++;
          }
          return kotlin.Unit.INSTANCE;
        });
    cell.value++;
  }

  static void scalaBuffer(boolean ordered) throws Exception {
    ArrayBuffer<String> shared = new ArrayBuffer<>();
    Pair.twice(ordered, () -> shared.addOne("a"));
  }

  static void scalaMap(boolean ordered) throws Exception {
    IntFunction<Object> put;
    if (ordered) {
      TrieMap<Integer, String> shared = new TrieMap<>();
      put = i -> shared.put(i, "a");
    } else {
      HashMap<Integer, String> shared = new HashMap<>();
      put = i -> shared.put(i, "a");
    }
    Pair.Step fill =
        () -> {
          for (int i = 0; i < 50; i++) {
            var _ = put.apply(i);
          }
        };
    Pair.both(fill, fill);
  }

  static void scalaPromise(boolean ordered) throws Exception {
    Promise<String> promise = Promise.apply();
    Pair.pass(
        ordered,
        () -> promise.success("done"),
        () -> Await.result(promise.future(), Duration.Inf()));
  }

  static void groovyClass(boolean ordered) throws Exception {
    String source =
        """
        class Counter implements Runnable {
          private int count
          private final List<Integer> seen = []
          void run() {
            count++
            seen << count
            [1, 2].each { count += it }
          }
        }
        """;
    try (GroovyClassLoader loader = new GroovyClassLoader(Languages.class.getClassLoader())) {
      Runnable shared = (Runnable) loader.parseClass(source).getDeclaredConstructor().newInstance();
      Pair.twice(ordered, shared::run);
    }
  }
}
