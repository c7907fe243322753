package dev.runnel.race.runtime;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The synchronisation variables of volatile fields, kept in the object itself: in a field that is
 * added to each class of the program's that declares some. They are gone with the object, which a
 * {@link Shadow} is not.
 *
 * <p>Whoever means such a field, by an instruction, a handle or {@code Unsafe}, comes to the same
 * variable, as all go by its offset. A class that was loaded before us lacks the added field, and
 * so do the JDK's: theirs are in the shadows of their objects.
 *
 * <p><b>Memory ordering.</b> They are a list that only grows, at its head, by compare-and-set. Who
 * has seen an operation on the field sees the variable that was added before it.
 */
final class OwnSyncs {
  /** The added field. */
  static final String FIELD = "$race$syncs";

  /** In place of its offset: the variable is not kept there. */
  static final long NOWHERE = -1;

  private static final ClassValue<OwnSyncs> OF =
      new ClassValue<>() {
        @Override
        protected OwnSyncs computeValue(Class<?> type) {
          return of(type);
        }
      };

  /** The offsets of volatile fields, and for each that of the added field. */
  private final long[] fields;

  private final long[] places;

  private OwnSyncs(List<Long> fields, List<Long> places) {
    this.fields = fields.stream().mapToLong(Long::longValue).toArray();
    this.places = places.stream().mapToLong(Long::longValue).toArray();
  }

  private static OwnSyncs of(Class<?> type) {
    List<Long> fields = new ArrayList<>();
    List<Long> places = new ArrayList<>();
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      long place = place(c);
      if (place != NOWHERE) {
        for (Field field : c.getDeclaredFields()) {
          int modifiers = field.getModifiers();
          if (Modifier.isVolatile(modifiers) && !Modifier.isStatic(modifiers)) {
            fields.add(Internals.offset(field));
            places.add(place);
          }
        }
      }
    }
    return new OwnSyncs(fields, places);
  }

  /** Where the objects of a class keep the variables of the fields that it declares. */
  static long place(Class<?> declaring) {
    try {
      for (Field field : declaring.getDeclaredFields()) {
        if (field.getName().equals(FIELD)) {
          return Internals.offset(field);
        }
      }
    } catch (NoClassDefFoundError e) { // a type of some field is not there, so none can be found
      return NOWHERE;
    }
    return NOWHERE;
  }

  /** Where an object keeps the variable of the field at an offset. */
  static long place(ThreadState t, Object object, long key) {
    Class<?> type = object.getClass();
    if (key < 0 || type.isArray() || type.getClassLoader() == null) {
      return NOWHERE;
    }
    t.inside++;
    try {
      OwnSyncs of = OF.get(type);
      for (int i = 0; i < of.fields.length; i++) {
        if (of.fields[i] == key) {
          return of.places[i];
        }
      }
      return NOWHERE;
    } finally {
      t.inside--;
    }
  }

  /** The variable of a field; null if there is none yet. */
  static @Nullable Sync find(Object object, long place, long key) {
    return find((Sync) Internals.getReference(object, place), key);
  }

  private static @Nullable Sync find(@Nullable Sync first, long key) {
    Sync s = first;
    while (s != null && s.key != key) {
      s = s.next;
    }
    return s;
  }

  /** Likewise, made if needed. */
  static Sync sync(Object object, long place, long key) {
    while (true) {
      Sync first = (Sync) Internals.getReference(object, place);
      Sync found = find(first, key);
      if (found != null) {
        return found;
      }
      Sync added = new Sync(key, first);
      if (Internals.compareAndSetReference(object, place, first, added)) {
        return added;
      }
    }
  }

  /** Makes an object a new one, as far as these edges go. */
  static void forget(ThreadState t, Object object) {
    t.inside++;
    try {
      for (long place : OF.get(object.getClass()).places) {
        Internals.putReference(object, place, null);
      }
    } finally {
      t.inside--;
    }
  }
}
