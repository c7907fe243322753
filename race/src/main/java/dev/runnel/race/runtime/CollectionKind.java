package dev.runnel.race.runtime;

import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is to be known of a class to follow its objects: whether they hold something themselves, are
 * a view of what another holds (a set of a map, a part of a list, an unmodifiable wrapper, an
 * iterator), or are of no interest; safe for threads, say.
 */
final class CollectionKind {
  /** How it shows that the structure of an object has changed. */
  enum Change {
    /** In the field {@code modCount}. */
    COUNTED,
    /** In its size. */
    SIZE,
    /** In its size, or it had some and was asked for one of its ends: a queue. */
    ENDS,
    /** Not at all. */
    UNSEEN
  }

  private static final CollectionKind NONE = new CollectionKind(null, -1, Change.UNSEEN, -1, -1);

  private static final List<Class<?>> COUNTED =
      List.of(
          HashMap.class,
          TreeMap.class,
          IdentityHashMap.class,
          WeakHashMap.class,
          ArrayList.class,
          LinkedList.class,
          PriorityQueue.class);

  private static final List<Class<?>> SIZED =
      List.of(ArrayDeque.class, EnumMap.class, EnumSet.class);

  private static final Set<String> UNSEEN =
      Set.of(
          "java.text.SimpleDateFormat",
          "java.text.DecimalFormat",
          "java.text.MessageFormat",
          "java.security.MessageDigest",
          "java.security.Signature",
          "javax.crypto.Mac",
          "javax.crypto.Cipher");

  /** More classes that are views, or whose nested ones are. */
  private static final Set<String> NESTING =
      Set.of(
          "java.util.AbstractList",
          "java.util.LinkedHashMap",
          "java.util.LinkedHashSet",
          "java.util.RegularEnumSet",
          "java.util.SequencedMap",
          "java.util.ReverseOrderListView",
          "java.util.ReverseOrderDequeView");

  /** By these fields views and wrappers know what they are made of. */
  private static final List<String> BACKING =
      List.of("map", "m", "c", "root", "base", "list", "this$0");

  /** A view that extends what it is a view of. */
  private static final String REVERSED = "java.util.LinkedList$ReverseOrderLinkedListView";

  /** Those of the bootstrap loader, which stay; open addressing, never more than half full. */
  private static volatile @Nullable Known[] known = new Known[256];

  private static int count;
  private static final SpinLock LOCK = new SpinLock();

  private static final ClassValue<CollectionKind> OTHERS =
      new ClassValue<>() {
        @Override
        protected CollectionKind computeValue(Class<?> type) {
          try {
            return make(type);
          } catch (LinkageError | RuntimeException e) { // what its methods name can't be loaded
            return NONE;
          }
        }
      };

  private record Known(Class<?> type, CollectionKind kind) {}

  /** The class of the JDK's that holds; null if this one does not. */
  private final @Nullable Class<?> holder;

  /** Where a view has what it is a view of; -1 if it is none. */
  private final long backing;

  private final Change change;
  private final long modCount;

  /** Where a map says that reading changes its order; -1 if it never does. */
  private final long accessOrder;

  private CollectionKind(
      @Nullable Class<?> holder, long backing, Change change, long modCount, long accessOrder) {
    this.holder = holder;
    this.accessOrder = accessOrder;
    this.backing = backing;
    this.change = change;
    this.modCount = modCount;
  }

  static CollectionKind of(ThreadState t, Class<?> type) {
    @Nullable Known[] all = known;
    int hash = System.identityHashCode(type);
    Known found;
    for (int i = hash & (all.length - 1);
        (found = all[i]) != null;
        i = (i + 1) & (all.length - 1)) {
      if (found.type == type) {
        return found.kind;
      }
    }
    t.inside++;
    try {
      return type.getClassLoader() == null ? add(type) : OTHERS.get(type);
    } finally {
      t.inside--;
    }
  }

  private static CollectionKind add(Class<?> type) {
    Known made = new Known(type, make(type));
    LOCK.lock();
    try {
      @Nullable Known[] all =
          new Known[++count * 2 > known.length ? known.length * 2 : known.length];
      for (Known k : known) {
        if (k != null) {
          insert(all, k);
        }
      }
      insert(all, made);
      known = all;
    } finally {
      LOCK.unlock();
    }
    return made.kind;
  }

  private static void insert(@Nullable Known[] into, Known made) {
    int i = System.identityHashCode(made.type) & (into.length - 1);
    while (into[i] != null) {
      i = (i + 1) & (into.length - 1);
    }
    into[i] = made;
  }

  /** Whether objects of this kind hold something, or are views of what does. */
  boolean isFollowed() {
    return holder != null || backing >= 0;
  }

  /** Whether they hold something themselves. */
  boolean holds() {
    return holder != null;
  }

  /** What a view is a view of. */
  @Nullable Object backing(Object view) {
    return Internals.getReference(view, backing);
  }

  /** What changes when the structure does; any number if that does not show. */
  int state(ThreadState t, Object object) {
    return switch (change) {
      case COUNTED -> Internals.getInt(object, modCount);
      case SIZE, ENDS -> size(t, object);
      case UNSEEN -> 0;
    };
  }

  /** Whether a method may have changed the structure since. */
  boolean hasChanged(ThreadState t, Object object, int since, int method) {
    return change == Change.UNSEEN
        || state(t, object) != since
        || (change == Change.ENDS && since != 0 && !CollectionMethods.mayFindNothing(method));
  }

  static int size(ThreadState t, Object object) {
    t.inside++;
    try {
      return object instanceof Map<?, ?> map ? map.size() : ((Collection<?>) object).size();
    } finally {
      t.inside--;
    }
  }

  /** Whether to read a value is to change the structure. */
  boolean reordersWhenRead(Object object) {
    return accessOrder >= 0 && Internals.getBoolean(object, accessOrder);
  }

  /** Whether keys are told apart by {@code equals}. */
  boolean hasValues() {
    return holder != IdentityHashMap.class && holder != WeakHashMap.class;
  }

  private static CollectionKind make(Class<?> type) {
    if (replaced(type).stream().anyMatch(CollectionMethods::isNamed)) {
      return NONE; // it may lock, or count otherwise, in what the JDK's methods call
    }
    Class<?> holder = holder(type);
    if (holder != null) {
      Change change =
          COUNTED.contains(holder)
              ? Change.COUNTED
              : holder == ArrayDeque.class
                  ? Change.ENDS
                  : SIZED.contains(holder) ? Change.SIZE : Change.UNSEEN;
      long modCount = change == Change.COUNTED ? offset(holder, "modCount") : -1;
      long accessOrder =
          LinkedHashMap.class.isAssignableFrom(type)
              ? Internals.offset(LinkedHashMap.class, "accessOrder")
              : -1;
      return new CollectionKind(holder, -1, change, modCount, accessOrder);
    }
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (isView(c)) {
        for (String field : BACKING) {
          if (has(c, field)) {
            long backing = Internals.offset(c, field);
            return new CollectionKind(null, backing, Change.UNSEEN, -1, -1);
          }
        }
      }
    }
    return NONE;
  }

  private static @Nullable Class<?> holder(Class<?> type) {
    if (type.getName().equals(REVERSED)) {
      return null;
    }
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (COUNTED.contains(c)
          || SIZED.contains(c)
          || c == BitSet.class
          || c == StringBuilder.class
          || c == StringJoiner.class
          || (c.getClassLoader() == null && UNSEEN.contains(c.getName()))) {
        return c;
      }
    }
    return null;
  }

  private static boolean isView(Class<?> type) {
    if (type.getClassLoader() != null) {
      return false;
    }
    String name = type.getName();
    if (name.equals("java.util.HashSet") || name.equals("java.util.TreeSet")) {
      return true;
    }
    if (name.startsWith("java.util.Collections$Unmodifiable")) {
      return true;
    }
    int dollar = name.indexOf('$');
    String outer = dollar < 0 ? name : name.substring(0, dollar);
    return NESTING.contains(outer)
        || COUNTED.stream().anyMatch(c -> c.getName().equals(outer))
        || SIZED.stream().anyMatch(c -> c.getName().equals(outer));
  }

  private static Set<String> replaced(Class<?> type) {
    Set<String> names = new HashSet<>();
    for (Class<?> c = type; c != null && c.getClassLoader() != null; c = c.getSuperclass()) {
      for (Method method : c.getDeclaredMethods()) {
        names.add(method.getName());
      }
    }
    return names;
  }

  private static boolean has(Class<?> type, String field) {
    return Arrays.stream(type.getDeclaredFields()).anyMatch(f -> f.getName().equals(field));
  }

  private static long offset(Class<?> holder, String field) {
    Class<?> c = holder;
    while (!has(c, field)) {
      c = c.getSuperclass();
    }
    return Internals.offset(c, field);
  }
}
