package dev.runnel.race.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the methods of the JDK's collections, and of its other classes that are not safe for
 * threads, do with their object. All others are taken to do nothing.
 */
public final class CollectionMethods {

  /** What a method does. */
  public enum Use {
    /** Reads the structure. */
    READ,
    /** Reads the structure of what is iterated over, and writes the iterator. */
    ITERATE,
    /** Reads the value of its first argument, a key; in some maps it changes the order, too. */
    VALUE,
    /** Reads the value of its argument, an index. */
    INDEX,
    /** Reads all values. */
    ALL,
    /** May change the structure, which shows in the object. */
    CHANGE,
    /** Likewise; if not, sets the value of its first argument. */
    PUT,
    /** Likewise, but sets it only if its result is neither null nor false. */
    PUT_IF,
    /** Sets all values, or nearly all, if there are enough. */
    SET_ALL,
    /** Likewise, if they are to move by its second argument. */
    ROTATE,
    /** Writes what the object holds, whatever that is. */
    WRITE
  }

  /** What a method reads of its last argument. */
  public enum Last {
    /** Nothing, or it is no collection. */
    ALONE,
    /** As much as it needs. */
    SOME,
    /** All its values. */
    ALL
  }

  /**
   * One of them.
   *
   * @param number its place among them
   * @param name its name
   * @param use what it does
   * @param last what it reads of its last argument
   */
  public record Method(int number, String name, Use use, Last last) {}

  private static final String COLLECTIONS = "collections";
  private static final String TEXTS = "texts";

  private static final Map<String, Method> METHODS = new HashMap<>();
  private static final List<String> NAMES = new ArrayList<>();

  static {
    of("iterators", Use.ITERATE, "next previous forEachRemaining");
    of("iterators", Use.CHANGE, "remove/0 set/1 add/1");

    of(COLLECTIONS, Use.READ, "size isEmpty contains containsKey subList iterator listIterator");
    of(COLLECTIONS, Use.READ, "descendingIterator peek peekFirst peekLast element");
    of(COLLECTIONS, Use.READ, "getFirst getLast first last firstKey lastKey firstEntry lastEntry");
    of(COLLECTIONS, Use.READ, "floor ceiling lower higher floorKey ceilingKey lowerKey higherKey");
    of(COLLECTIONS, Use.READ, "floorEntry ceilingEntry lowerEntry higherEntry");
    of(COLLECTIONS, Use.READ, "containsValue containsAll/1? indexOf lastIndexOf equals");
    of(COLLECTIONS, Use.VALUE, "get/1 getOrDefault");
    of(COLLECTIONS, Use.INDEX, "get/i");
    of(COLLECTIONS, Use.ALL, "toArray toString hashCode clone forEach");
    of(COLLECTIONS, Use.CHANGE, "add addAll/1* addAll/2* addFirst addLast offer offerFirst");
    of(COLLECTIONS, Use.CHANGE, "offerLast push pop poll pollFirst pollLast pollFirstEntry");
    of(COLLECTIONS, Use.CHANGE, "pollLastEntry remove removeFirst removeLast removeAll/1?");
    of(COLLECTIONS, Use.CHANGE, "retainAll/1? removeIf removeFirstOccurrence");
    of(COLLECTIONS, Use.CHANGE, "removeLastOccurrence clear sort replaceAll putAll/1* putIfAbsent");
    of(COLLECTIONS, Use.CHANGE, "computeIfAbsent putFirst putLast ensureCapacity trimToSize");
    of(COLLECTIONS, Use.PUT, "put set/2 merge");
    of(COLLECTIONS, Use.PUT_IF, "compute computeIfPresent replace/2 replace/3");

    of("helpers", Use.CHANGE, "sort addAll/2");
    of("helpers", Use.SET_ALL, "reverse shuffle fill");
    of("helpers", Use.ROTATE, "rotate");
    of("helpers", Use.ALL, "max min frequency");
    of("helpers", Use.READ, "binarySearch indexOfSubList lastIndexOfSubList");
    of("copies", Use.ALL, "copyOf/1");

    of("bits", Use.WRITE, "set clear flip and or xor andNot");
    of("bits", Use.READ, "get nextSetBit nextClearBit previousSetBit previousClearBit length");
    of("bits", Use.READ, "isEmpty intersects cardinality size toLongArray toByteArray stream");

    of(TEXTS, Use.WRITE, "append insert delete deleteCharAt replace reverse setLength setCharAt");
    of(TEXTS, Use.WRITE, "appendCodePoint repeat ensureCapacity trimToSize");
    of(TEXTS, Use.READ, "length charAt toString substring indexOf lastIndexOf codePointAt isEmpty");
    of(TEXTS, Use.READ, "compareTo chars codePoints subSequence getChars");
    of("joiners", Use.WRITE, "add merge setEmptyValue");
    of("joiners", Use.READ, "toString length");

    of("formats", Use.WRITE, "format formatToCharacterIterator parse parseObject");
    of("digests", Use.WRITE, "update digest reset doFinal sign verify initSign initVerify init");
  }

  private CollectionMethods() {}

  private static void of(String group, Use use, String names) {
    for (String name : names.split(" ", -1)) {
      Last last = name.endsWith("*") ? Last.ALL : name.endsWith("?") ? Last.SOME : Last.ALONE;
      String plain = last == Last.ALONE ? name : name.substring(0, name.length() - 1);
      int slash = plain.indexOf('/');
      String method = slash < 0 ? plain : plain.substring(0, slash);
      METHODS.put(group + ' ' + plain, new Method(NAMES.size(), method, use, last));
      NAMES.add(method);
    }
  }

  /**
   * Finds one.
   *
   * @param group which classes: {@code collections}, say
   * @param name its name
   * @param arguments how many it takes
   * @param index whether it takes one alone, an index
   * @return it; null if it does nothing
   */
  public static @Nullable Method find(String group, String name, int arguments, boolean index) {
    Method method = index ? METHODS.get(group + ' ' + name + "/i") : null;
    if (method == null) {
      method = METHODS.get(group + ' ' + name + '/' + arguments);
    }
    return method != null ? method : METHODS.get(group + ' ' + name);
  }

  /** Whether a method has the name of one of them. */
  static boolean isNamed(String method) {
    return NAMES.contains(method);
  }

  /** Whether a method that removes may leave all as it is, however many there are. */
  static boolean mayFindNothing(int number) {
    return number >= 0
        && switch (name(number)) {
          case "remove",
              "removeIf",
              "removeAll",
              "addAll",
              "retainAll",
              "removeFirstOccurrence",
              "removeLastOccurrence" ->
              true;
          default -> false;
        };
  }

  /** Whether a method that changes no structure sets all values. */
  static boolean setsAll(int number) {
    return name(number).equals("replaceAll") || name(number).equals("sort");
  }

  /**
   * Which value a method that sets nearly all may leave as it is.
   *
   * @return its index; -1 for none
   */
  static int spares(int number, int size) {
    return switch (name(number)) {
      case "reverse" -> size % 2 == 0 ? -1 : size / 2;
      case "shuffle" -> 0;
      default -> -1;
    };
  }

  static String name(int number) {
    return NAMES.get(number);
  }
}
