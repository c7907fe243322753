package dev.runnel.field.drivers;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * Caffeine: bounded, expiring, refreshing, weak and asynchronous caches, with views and policies.
 */
final class CaffeineCaches {
  private static final int KEYS = 400;

  private CaffeineCaches() {}

  public static void main(String[] args) throws Exception {
    Crew.work(4, random -> fresh(random));
    LongAdder removed = new LongAdder();
    LoadingCache<Integer, String> everything =
        Caffeine.newBuilder()
            .maximumSize(100)
            .expireAfterWrite(Duration.ofMillis(20))
            .expireAfterAccess(Duration.ofMillis(10))
            .refreshAfterWrite(Duration.ofMillis(5))
            .recordStats()
            .removalListener((key, value, cause) -> removed.increment())
            .build(key -> "v" + key);
    Crew.work(4, random -> turn(everything, random));
    everything.cleanUp();
    Crew.check(everything.estimatedSize() <= 100, "more entries than allowed");

    LoadingCache<Integer, String> weighed =
        Caffeine.newBuilder()
            .maximumWeight(1_000)
            .weigher((Integer key, String value) -> 1 + key % 20)
            .expireAfter(Expiry.<Integer, String>writing((k, v) -> Duration.ofMillis(k % 30)))
            .build(key -> "v" + key);
    Crew.work(4, random -> turn(weighed, random));

    Cache<Object, Object> weak = Caffeine.newBuilder().weakKeys().softValues().build();
    Crew.work(
        4,
        random -> {
          Object key = new Object();
          weak.put(key, key.hashCode());
          Crew.check(weak.getIfPresent(key) != null, "a live key is gone");
        });

    AsyncLoadingCache<Integer, String> later =
        Caffeine.newBuilder()
            .maximumSize(50)
            .expireAfterWrite(Duration.ofMillis(10))
            .buildAsync(key -> "v" + key);
    Crew.work(
        4,
        random -> {
          int key = random.nextInt(KEYS);
          Crew.check(later.get(key).get().equals("v" + key), "another key's value");
          later.synchronous().invalidate(random.nextInt(KEYS));
        });
  }

  private static void turn(LoadingCache<Integer, String> cache, SplittableRandom random) {
    int key = random.nextInt(KEYS);
    switch (random.nextInt(12)) {
      case 0 -> cache.put(key, "v" + key);
      case 1 -> cache.invalidate(key);
      case 2 -> cache.asMap().compute(key, (k, v) -> v == null ? "v" + k : null);
      case 3 -> cache.asMap().merge(key, "v" + key, (a, b) -> b);
      case 4 -> cache.asMap().computeIfAbsent(key, k -> "v" + k);
      case 5 -> {
        if (random.nextInt(50) == 0) {
          cache.cleanUp();
          cache.policy().eviction().ifPresent(e -> Crew.check(e.hottest(9).size() <= 9, "many"));
          cache
              .policy()
              .expireAfterWrite()
              .ifPresent(e -> Crew.check(e.oldest(3).size() <= 3, "many"));
          cache.refresh(key);
        }
      }
      case 6 -> {
        int size = 0;
        for (String value : cache.asMap().values()) {
          Crew.check(value.startsWith("v"), "no value of ours");
          size++;
        }
        Crew.check(size <= KEYS, "more than there are keys");
      }
      default -> Crew.check(cache.get(key).equals("v" + key), "another key's value");
    }
  }

  /** A cache of one's own, whose maintenance runs on the common pool. */
  private static void fresh(SplittableRandom random) {
    Cache<Integer, Integer> cache = Caffeine.newBuilder().maximumSize(4).build();
    for (int i = 0; i < 50; i++) {
      int key = random.nextInt(20);
      Crew.check(cache.get(key, k -> k) == key, "another key's value");
    }
  }
}
