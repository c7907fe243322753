package dev.runnel.field.drivers;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.common.collect.ConcurrentHashMultiset;
import com.google.common.collect.ImmutableBiMap;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableTable;
import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import com.google.common.collect.MapMaker;
import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import com.google.common.util.concurrent.AtomicDouble;
import com.google.common.util.concurrent.AtomicLongMap;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;

/** Guava: its caches and collections, where threads share them. */
final class GuavaCaches {
  private static final int KEYS = 300;

  private GuavaCaches() {}

  public static void main(String[] args) throws Exception {
    caches();
    collections();
    immutables();
  }

  private static void caches() throws Exception {
    LoadingCache<Integer, String> cache =
        CacheBuilder.newBuilder()
            .maximumSize(100)
            .expireAfterWrite(Duration.ofMillis(20))
            .expireAfterAccess(Duration.ofMillis(10))
            .refreshAfterWrite(Duration.ofMillis(5))
            .recordStats()
            .build(CacheLoader.from((Integer key) -> "v" + key));
    Crew.work(
        4,
        random -> {
          int key = random.nextInt(KEYS);
          switch (random.nextInt(8)) {
            case 0 -> cache.put(key, "v" + key);
            case 1 -> cache.invalidate(key);
            case 2 -> cache.asMap().compute(key, (k, v) -> v == null ? "v" + k : null);
            case 3 -> cache.cleanUp();
            case 4 -> cache.asMap().forEach((k, v) -> Crew.check(v.equals("v" + k), "mixed up"));
            default -> Crew.check(cache.get(key).equals("v" + key), "another key's value");
          }
        });
    LoadingCache<Integer, Object> weak =
        CacheBuilder.newBuilder()
            .weakKeys()
            .weakValues()
            .build(CacheLoader.from((Integer key) -> new Object()));
    Crew.work(4, random -> Crew.check(weak.get(random.nextInt(100)) != null, "no value"));
    ConcurrentMap<Object, Integer> weakMap = new MapMaker().weakKeys().makeMap();
    Object[] keys = {new Object(), new Object(), new Object(), new Object()};
    Crew.work(
        4,
        random -> {
          weakMap.merge(keys[random.nextInt(keys.length)], 1, Integer::sum);
          weakMap.put(new Object(), 0);
        });
  }

  private static void collections() throws Exception {
    ConcurrentHashMultiset<Integer> counted = ConcurrentHashMultiset.create();
    AtomicLongMap<Integer> sums = AtomicLongMap.create();
    Interner<String> interner = Interners.newWeakInterner();
    BloomFilter<Integer> bloom = BloomFilter.create(Funnels.integerFunnel(), 1_000);
    AtomicDouble sum = new AtomicDouble();
    Crew.work(
        4,
        random -> {
          int key = random.nextInt(KEYS);
          counted.add(key);
          counted.remove(random.nextInt(KEYS));
          sums.incrementAndGet(key);
          String name = interner.intern("n" + key);
          Crew.check(name.equals("n" + key), "another name");
          bloom.put(key);
          Crew.check(bloom.mightContain(key), "forgotten");
          sum.addAndGet(0.5);
        });
  }

  /** What is immutable to its users makes its views, and values, when they are first asked for. */
  private static void immutables() throws Exception {
    AtomicReference<Shared> shared = new AtomicReference<>(new Shared(0));
    Crew.work(
        4,
        random -> {
          if (random.nextInt(200) == 0) {
            shared.set(new Shared(random.nextInt(KEYS)));
          }
          shared.get().use(random);
        });
  }

  private static final class Shared {
    private final ImmutableMap<Integer, String> map;
    private final ImmutableBiMap<Integer, String> both;
    private final ImmutableSortedMap<Integer, String> sorted;
    private final ImmutableListMultimap<Integer, String> lists;
    private final ImmutableSetMultimap<Integer, String> sets;
    private final ImmutableTable<Integer, Integer, String> table;
    private final Supplier<Integer> once;
    private final Supplier<Integer> often;

    Shared(int n) {
      map = ImmutableMap.of(n, "a", n + 1, "b", n + 2, "c");
      both = ImmutableBiMap.copyOf(map);
      sorted = ImmutableSortedMap.copyOf(map);
      lists = ImmutableListMultimap.of(n, "a", n, "b", n + 1, "c");
      sets = ImmutableSetMultimap.of(n, "a", n, "b", n + 1, "c");
      table = ImmutableTable.<Integer, Integer, String>builder().put(n, n, "a").build();
      once = Suppliers.memoize(() -> n);
      often = Suppliers.memoizeWithExpiration(() -> n, Duration.ofMillis(1));
    }

    void use(SplittableRandom random) {
      switch (random.nextInt(6)) {
        case 0 -> Crew.check(map.keySet().size() == map.values().size(), "sizes");
        case 1 -> Crew.check(both.inverse().keySet().hashCode() != 0, "hash");
        case 2 -> {
          Crew.check(sorted.descendingMap().firstKey() != null, "no key");
          Crew.check(sorted.navigableKeySet().asList().size() == 3, "keys");
          Crew.check(sorted.descendingMap().descendingKeySet().size() == 3, "keys");
        }
        case 3 -> {
          Crew.check(lists.inverse().size() == 3 && sets.inverse().size() == 3, "inverse");
          Crew.check(lists.entries().size() == sets.entries().size(), "entries");
        }
        case 4 -> {
          Crew.check(table.rowMap().size() == 1, "rows");
          Crew.check(table.cellSet().asList().size() == 1, "cells");
        }
        default -> Crew.check(once.get().equals(often.get()), "values");
      }
      Crew.check(map.entrySet().asList().size() == 3, "entries");
    }
  }
}
