package dev.runnel.race.programs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collections that are made in a method, by which another thread comes to know them in some way or
 * other: what is done with them there must be checked all the same.
 */
@SuppressWarnings({"unused", "ModifyCollectionInEnhancedForLoop"})
final class Escapes {
  private static final class Holder {
    List<Integer> list = List.of();
    Object[] array = new Object[1];
  }

  private Escapes() {}

  /** Another thread, which in the ordered program has come to its end. */
  private static Thread started(boolean ordered, Thread other) throws InterruptedException {
    other.start();
    if (ordered) {
      other.join();
    }
    return other;
  }

  private static Thread adding(List<Integer> list) {
    return new Thread(() -> list.add(1));
  }

  static void handedOn(boolean ordered) throws Exception {
    List<Integer> list = new ArrayList<>();
    Thread other = started(ordered, adding(list));
    list.add(2);
    other.join();
  }

  static void captured(boolean ordered) throws Exception {
    List<Integer> list = new ArrayList<>();
    Thread other = started(ordered, new Thread(() -> list.add(1)));
    list.add(2);
    other.join();
  }

  static void stored(boolean ordered) throws Exception {
    Holder holder = new Holder();
    List<Integer> list = new ArrayList<>();
    holder.list = list;
    Thread other = started(ordered, new Thread(() -> holder.list.add(1)));
    list.add(2);
    other.join();
  }

  @SuppressWarnings("unchecked")
  static void inAnArray(boolean ordered) throws Exception {
    Holder holder = new Holder();
    List<Integer> list = new ArrayList<>();
    holder.array[0] = list;
    Thread other = started(ordered, new Thread(() -> ((List<Integer>) holder.array[0]).add(1)));
    list.add(2);
    other.join();
  }

  static void inAnotherCollection(boolean ordered) throws Exception {
    List<List<Integer>> lists = new ArrayList<>();
    List<Integer> list = new ArrayList<>();
    lists.add(list);
    Thread other = started(ordered, adding(lists.get(0)));
    list.add(2);
    other.join();
  }

  static void byAView(boolean ordered) throws Exception {
    Map<Integer, Integer> map = new HashMap<>();
    map.put(1, 1);
    Set<Integer> keys = map.keySet();
    Thread other = started(ordered, new Thread(() -> keys.remove(1)));
    map.put(2, 2);
    other.join();
  }

  static void byAnIterator(boolean ordered) throws Exception {
    List<Integer> list = new ArrayList<>();
    list.add(1);
    Iterator<Integer> iterator = list.iterator();
    Thread other = started(ordered, new Thread(() -> iterator.next()));
    list.add(2);
    other.join();
  }

  static void onOneOfTwoPaths(boolean ordered) throws Exception {
    List<Integer> mine = new ArrayList<>();
    List<Integer> another = new ArrayList<>();
    List<Integer> one = Thread.currentThread().isAlive() ? mine : another;
    Thread other = started(ordered, adding(one));
    mine.add(2);
    other.join();
  }

  /** Made anew in each turn, while the one of the turn before is known. */
  static void inALoop(boolean ordered) throws Exception {
    Thread other = new Thread(() -> {});
    List<Integer> last = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      List<Integer> list = i == 0 ? new ArrayList<>() : last;
      if (i == 0) {
        other = started(ordered, adding(list));
      } else {
        list.add(2);
      }
      last = list;
    }
    other.join();
  }

  static void byAnException(boolean ordered) throws Exception {
    List<Integer> list = new ArrayList<>();
    Thread other;
    try {
      list.get(7);
      other = new Thread(() -> {});
    } catch (IndexOutOfBoundsException e) {
      other = adding(list);
    }
    other.start();
    if (ordered) {
      other.join();
    }
    list.add(2);
    other.join();
  }

  private static List<Integer> made(Holder holder) {
    List<Integer> list = new ArrayList<>();
    holder.list = list;
    return list;
  }

  static void returned(boolean ordered) throws Exception {
    Holder holder = new Holder();
    List<Integer> list = made(holder);
    Thread other = started(ordered, adding(holder.list));
    list.add(2);
    other.join();
  }

  private static Thread writing(int[] array) {
    return new Thread(() -> array[0]++);
  }

  static void array(boolean ordered) throws Exception {
    int[] array = new int[1];
    array[0] = 1;
    Thread other = started(ordered, writing(array));
    array[0]++;
    other.join();
  }

  static void copyOfAnArray(boolean ordered) throws Exception {
    int[] array = {1, 2};
    int[] copy = array.clone();
    copy[1] = 3;
    Thread other = started(ordered, writing(copy));
    copy[0]++;
    other.join();
  }

  /** One instruction makes several, of which the last are still unknown when the first is known. */
  static void madeAgain(boolean ordered) throws Exception {
    Thread other = new Thread(() -> {});
    int[] last = null;
    for (int i = 0; i < 2; i++) {
      int[] array = new int[1];
      if (last == null) {
        other = started(ordered, writing(array));
      } else {
        last[0]++;
      }
      last = array;
    }
    other.join();
  }

  /** Of several that one instruction makes there may be references at the same time. */
  static void theLastThree(boolean ordered) throws Exception {
    Thread other = new Thread(() -> {});
    int[] last = null;
    int[] before = null;
    int[] first = null;
    for (int i = 0; i < 5; i++) {
      int[] array = new int[1];
      if (i < 3) {
        first = before;
        before = last;
        last = array;
      } else if (i == 3 && first != null) {
        other = started(ordered, writing(first));
      } else if (first != null) {
        first[0]++;
      }
    }
    other.join();
  }

  @SuppressWarnings("unchecked")
  static void filledIn(boolean ordered) throws Exception {
    Holder holder = new Holder();
    List<Integer> list = new ArrayList<>();
    Arrays.fill(holder.array, list);
    Thread other = started(ordered, new Thread(() -> ((List<Integer>) holder.array[0]).add(1)));
    list.add(2);
    other.join();
  }

  static void textByItself(boolean ordered) throws Exception {
    StringBuilder text = new StringBuilder();
    StringBuilder same = text.append("a");
    Thread other = started(ordered, new Thread(() -> same.append("b")));
    text.append("c");
    other.join();
  }
}
