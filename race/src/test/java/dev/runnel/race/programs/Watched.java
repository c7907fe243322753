package dev.runnel.race.programs;

import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.text.DecimalFormat;
import java.text.MessageFormat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * More of the JDK's classes that are not safe for threads, and the views and wrappers of those that
 * are: two threads use one, in the ordered program under a lock.
 */
@SuppressWarnings({"unused", "JdkObsolete", "ReturnValueIgnored", "ModifiedButNotUsed"})
final class Watched {
  private enum Colour {
    RED,
    GREEN
  }

  private Watched() {}

  static void weakHashMap(boolean ordered) throws Exception {
    Map<String, Integer> map = new WeakHashMap<>();
    Pair.guarded(ordered, () -> map.put("a", 1), () -> map.get("b"));
  }

  static void identityHashMap(boolean ordered) throws Exception {
    IdentityHashMap<String, Integer> map = new IdentityHashMap<>();
    Pair.guarded(ordered, () -> map.put("a", 1), () -> map.containsKey("b"));
  }

  static void linkedHashMap(boolean ordered) throws Exception {
    LinkedHashMap<String, Integer> map = new LinkedHashMap<>(Map.of("a", 1));
    Pair.guarded(ordered, () -> map.putFirst("b", 1), map::firstEntry);
  }

  static void enumSet(boolean ordered) throws Exception {
    Set<Colour> set = EnumSet.noneOf(Colour.class);
    Pair.guarded(ordered, () -> set.add(Colour.RED), () -> set.contains(Colour.GREEN));
  }

  static void treeSet(boolean ordered) throws Exception {
    TreeSet<String> set = new TreeSet<>(Set.of("a"));
    Pair.guarded(ordered, () -> set.add("b"), set::first);
  }

  static void treeSetView(boolean ordered) throws Exception {
    TreeSet<String> set = new TreeSet<>(Set.of("a"));
    Set<String> tail = set.tailSet("a");
    Pair.guarded(ordered, () -> set.add("b"), () -> tail.contains("c"));
  }

  static void navigating(boolean ordered) throws Exception {
    TreeMap<String, Integer> map = new TreeMap<>(Map.of("a", 1, "b", 2));
    Pair.guarded(ordered, map::pollFirstEntry, () -> map.ceilingKey("b"));
  }

  static void linkedHashSet(boolean ordered) throws Exception {
    Set<String> set = new LinkedHashSet<>();
    Pair.guarded(ordered, () -> set.add("a"), set::size);
  }

  static void stringJoiner(boolean ordered) throws Exception {
    StringJoiner joiner = new StringJoiner(", ");
    Pair.guarded(ordered, () -> joiner.add("a"), joiner::toString);
  }

  static void decimalFormat(boolean ordered) throws Exception {
    DecimalFormat format = new DecimalFormat("0.00");
    Pair.guarded(ordered, () -> format.format(1.5), () -> format.parse("2.5"));
  }

  static void messageFormat(boolean ordered) throws Exception {
    MessageFormat format = new MessageFormat("{0} of {1}", Locale.ROOT);
    Object[] values = {"a", "b"};
    Pair.twice(ordered, () -> format.format(values));
  }

  static void messageDigest(boolean ordered) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Pair.guarded(ordered, () -> digest.update((byte) 1), digest::digest);
  }

  private static SecretKeySpec key(String algorithm) {
    return new SecretKeySpec(new byte[16], algorithm);
  }

  static void mac(boolean ordered) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(key("HmacSHA256"));
    Pair.twice(ordered, () -> mac.doFinal(new byte[1]));
  }

  static void cipher(boolean ordered) throws Exception {
    Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
    cipher.init(Cipher.ENCRYPT_MODE, key("AES"));
    Pair.twice(ordered, () -> cipher.update(new byte[32]));
  }

  static void signature(boolean ordered) throws Exception {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());
    Pair.twice(ordered, () -> signature.update((byte) 1));
  }

  /**
   * The wrapper locks each call, but not what its caller does between two. As it is the JDK's lines
   * that are told, each of these programs changes what it iterates over in a way of its own.
   */
  private static void iterated(
      boolean ordered, Object lock, Collection<String> values, Pair.Step write) throws Exception {
    Pair.both(
        write,
        () -> {
          if (ordered) {
            synchronized (lock) {
              values.forEach(value -> {});
              iterate(values);
            }
          } else {
            iterate(values);
          }
        });
  }

  private static void iterate(Collection<String> values) {
    for (String value : values) {
      Pair.signal();
    }
  }

  static void synchronizedSet(boolean ordered) throws Exception {
    Set<String> set = Collections.synchronizedSet(new HashSet<>(Set.of("a")));
    iterated(ordered, set, set, () -> set.add("b"));
  }

  static void synchronizedMap(boolean ordered) throws Exception {
    Map<String, Integer> map = Collections.synchronizedMap(new HashMap<>(Map.of("a", 1)));
    iterated(ordered, map, map.keySet(), () -> map.put("b", 2));
  }

  static void synchronizedSortedMap(boolean ordered) throws Exception {
    var map = Collections.synchronizedNavigableMap(new TreeMap<>(Map.of("a", 1)));
    iterated(ordered, map, map.headMap("z").keySet(), map::pollLastEntry);
  }

  static void synchronizedCollection(boolean ordered) throws Exception {
    Collection<String> all = Collections.synchronizedCollection(new ArrayDeque<>(List.of("a")));
    iterated(ordered, all, all, () -> all.removeIf(value -> value.equals("a")));
  }

  /** The keys' own lock is not the map's. */
  static void lockOfTheView(boolean ordered) throws Exception {
    Map<String, Integer> map = Collections.synchronizedMap(new HashMap<>(Map.of("a", 1)));
    Set<String> keys = map.keySet();
    Object lock = ordered ? map : keys;
    Pair.both(
        () -> map.putIfAbsent("b", 2),
        () -> {
          synchronized (lock) {
            iterate(keys);
          }
        });
  }

  /** Beside its wrapper, a map is used without a lock. */
  static void besideItsWrapper(boolean ordered) throws Exception {
    Map<String, Integer> map = new HashMap<>(Map.of("a", 1));
    Map<String, Integer> wrapper = Collections.synchronizedMap(map);
    Pair.both(() -> wrapper.put("b", 2), () -> (ordered ? wrapper : map).get("a"));
  }

  /** A {@code Hashtable} locks for itself. */
  static void hashtable(boolean ordered) throws Exception {
    Map<String, Integer> map = ordered ? new Hashtable<>() : new HashMap<>();
    Pair.both(() -> map.put("a", 1), () -> map.put("b", 2));
  }

  static void stringBuffer(boolean ordered) throws Exception {
    Appendable text = ordered ? new StringBuffer() : new StringBuilder();
    if (text instanceof StringBuilder builder) {
      Pair.both(() -> builder.append("a"), () -> builder.append("b"));
    } else if (text instanceof StringBuffer buffer) {
      Pair.both(() -> buffer.append("a"), () -> buffer.append("b"));
    }
  }

  static void listIteratorReads(boolean ordered) throws Exception {
    List<String> list = new ArrayList<>(List.of("a", "b"));
    ListIterator<String> iterator = list.listIterator(2);
    Pair.guarded(ordered, iterator::previous, () -> list.add("c"));
  }

  static void listIteratorAdds(boolean ordered) throws Exception {
    List<String> list = new LinkedList<>(List.of("a", "b"));
    ListIterator<String> iterator = list.listIterator();
    Pair.guarded(ordered, () -> iterator.add("x"), list::size);
  }

  static void iteratorRemoves(boolean ordered) throws Exception {
    Set<String> set = new HashSet<>(Set.of("a"));
    Iterator<String> iterator = set.iterator();
    iterator.next();
    Pair.guarded(ordered, iterator::remove, () -> set.contains("a"));
  }

  static void entries(boolean ordered) throws Exception {
    Map<String, Integer> map = new HashMap<>(Map.of("a", 1));
    Pair.guarded(
        ordered,
        () -> {
          for (Map.Entry<String, Integer> entry : map.entrySet()) {
            Pair.signal();
          }
        },
        () -> map.put("b", 2));
  }

  static void removedByAView(boolean ordered) throws Exception {
    Map<String, Integer> map = new TreeMap<>(Map.of("a", 1, "b", 2));
    Pair.guarded(ordered, () -> map.entrySet().removeIf(e -> e.getValue() == 1), map::size);
  }

  static void retainedByValues(boolean ordered) throws Exception {
    Map<String, Integer> map = new HashMap<>(Map.of("a", 1, "b", 2));
    Pair.guarded(ordered, () -> map.values().retainAll(Set.of(1)), () -> map.get("c"));
  }

  private static void seenThrough(boolean ordered, Collection<String> of, Collection<String> view)
      throws Exception {
    Pair.guarded(ordered, () -> of.add("b"), () -> view.contains("c"));
  }

  static void unmodifiableList(boolean ordered) throws Exception {
    List<String> list = new ArrayList<>(List.of("a"));
    seenThrough(ordered, list, Collections.unmodifiableList(list));
  }

  static void unmodifiableSortedSet(boolean ordered) throws Exception {
    TreeSet<String> set = new TreeSet<>(Set.of("a"));
    seenThrough(ordered, set, Collections.unmodifiableNavigableSet(set).descendingSet());
  }

  static void unmodifiableCollection(boolean ordered) throws Exception {
    Collection<String> deque = new ArrayDeque<>(List.of("a"));
    seenThrough(ordered, deque, Collections.unmodifiableCollection(deque));
  }

  static void unmodifiableEntries(boolean ordered) throws Exception {
    Map<String, Integer> map = new HashMap<>(Map.of("a", 1));
    var entries = Collections.unmodifiableMap(map).entrySet();
    Pair.guarded(ordered, () -> map.remove("a"), entries::size);
  }

  static void descending(boolean ordered) throws Exception {
    TreeMap<String, Integer> map = new TreeMap<>(Map.of("a", 1));
    Map<String, Integer> other = map.descendingMap();
    Pair.guarded(ordered, () -> other.put("b", 1), map::firstKey);
  }
}
