package dev.runnel.race.programs;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Collections;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the JDK does in races on purpose, or orders in ways that nobody sees: caches, lazily made
 * views, linkage. Several threads use all of it at once, each for the first time.
 */
@SuppressWarnings({"EnumOrdinal", "HashCodeInObjectsHash", "unused"})
public final class Benign {
  private static final int THREADS = 4;
  private static final Pattern PATTERN = Pattern.compile("(\\p{L}+)\\s*=\\s*(?<value>\\d+)");
  private static final DateTimeFormatter DATES = DateTimeFormatter.ofPattern("EEE, d MMM uuuu");
  private static final ClassValue<String> NAMES =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          return type.getName().toLowerCase(Locale.ROOT);
        }
      };

  private enum Colour {
    RED,
    GREEN
  }

  private record Pixel(int x, Colour colour) implements Serializable {}

  private sealed interface Shape permits Circle, Square {}

  private record Circle(double radius) implements Shape {}

  private record Square(double side) implements Shape {}

  /** A bundle that is looked up by its class. */
  public static final class Texts extends ListResourceBundle {
    @Override
    protected Object[][] getContents() {
      return new Object[][] {{"hello", "hello"}, {"bye", "bye"}};
    }
  }

  private final String text = new String("a text that is hashed ".toCharArray()).concat("late");
  private final BigInteger large = BigInteger.ONE.shiftLeft(333).subtract(BigInteger.TEN);
  private final BigDecimal decimal = new BigDecimal("1234567890.0987654321");
  private final Map<String, Integer> map = new HashMap<>(Map.of("a", 1, "b", 2));
  private final TreeMap<String, Integer> tree = new TreeMap<>(map);
  private final Map<String, Integer> unmodifiable = Collections.unmodifiableMap(map);
  private final Map<Colour, Integer> byColour = new EnumMap<>(Map.of(Colour.RED, 1));
  private final URI uri = URI.create("http://example.com/a?b=c");
  private final File file = new File("a/b/../c");
  private final Throwable thrown = new IllegalStateException("on purpose");
  private final Random random = new Random(7);
  private final UUID uuid = new UUID(7, 7);
  private final Pixel pixel = new Pixel(3, Colour.GREEN);
  private final Shape shape = new Circle(2);
  private final List<String> list = List.of("c", "a", "b");
  private final Locale locale = Locale.of("de", "AT");
  private int results;

  private Benign() {}

  public static void main(String[] args) throws Exception {
    for (int round = 0; round < 3; round++) {
      Benign shared = new Benign();
      int[] sums = new int[THREADS];
      Pair.Crew[] crew = new Pair.Crew[THREADS];
      for (int i = 0; i < THREADS; i++) {
        int mine = i;
        crew[i] = all -> sums[mine] = shared.use();
      }
      Pair.all(crew);
      for (int sum : sums) {
        if (sum != sums[0]) {
          throw new AssertionError("the threads came to different results");
        }
      }
    }
    System.out.println("ran to its end");
  }

  private int use() throws Exception {
    int values = values();
    int views = views();
    int texts = texts();
    int reflected = reflected();
    return Objects.hash(values, views, texts, reflected, linked(), kept());
  }

  private int values() {
    Integer cached = 100;
    return Objects.hash(
        text.hashCode(),
        text.isBlank(),
        large.hashCode(),
        large.bitCount(),
        large.bitLength(),
        large.getLowestSetBit(),
        large.toString().hashCode(),
        decimal.precision(),
        decimal.toString(),
        decimal.toBigInteger(),
        cached,
        uuid.toString(),
        pixel.hashCode() == 0,
        Currency.getInstance("EUR").getSymbol(locale),
        Duration.ofSeconds(5).toString(),
        Colour.valueOf("RED").ordinal());
  }

  private int views() {
    int sum = 0;
    for (String key : map.keySet()) {
      sum += map.get(key);
    }
    for (int value : unmodifiable.values()) {
      sum += value;
    }
    for (Map.Entry<String, Integer> entry : unmodifiable.entrySet()) {
      sum += entry.getValue();
    }
    sum += tree.descendingMap().firstEntry().getValue() + tree.navigableKeySet().size();
    sum += byColour.keySet().size() + byColour.values().size() + byColour.get(Colour.RED);
    sum += list.stream().sorted().collect(Collectors.joining(",")).hashCode();
    return sum;
  }

  private int texts() {
    var matcher = PATTERN.matcher("size = 42");
    boolean found = matcher.find();
    ResourceBundle bundle = ResourceBundle.getBundle(Texts.class.getName(), locale);
    return Objects.hash(
        matcher.group("value"),
        "%s %05d %.3f %tF".formatted(text, 42, 2.5, LocalDate.EPOCH),
        DATES.format(LocalDate.of(2026, 11, 28)),
        LocalDate.parse("2026-11-28").lengthOfMonth(),
        NumberFormat.getInstance(Locale.US).format(1234.5),
        bundle.getString("hello"),
        uri.toString() + uri.hashCode() + uri.getPath(),
        file.toPath().normalize().toString(),
        Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        thrown.getStackTrace().length,
        locale.getDisplayLanguage(Locale.ENGLISH),
        locale.toLanguageTag());
  }

  private int reflected() throws Exception {
    Method method = Benign.class.getDeclaredMethod("twice", int.class);
    int twice = 0;
    for (int i = 0; i < 20; i++) {
      twice += (int) method.invoke(null, i);
    }
    Supplier<?> proxy =
        (Supplier<?>)
            Proxy.newProxyInstance(
                Benign.class.getClassLoader(),
                new Class<?>[] {Supplier.class},
                (self, called, given) -> "p");
    var pixels = Pixel.class.getDeclaredConstructor(int.class, Colour.class);
    return Objects.hash(
        twice,
        proxy.get(),
        pixels.newInstance(1, Colour.RED).x(),
        Colour.class.getEnumConstants().length,
        Pixel.class.getRecordComponents().length,
        Deprecated.class.getAnnotations().length,
        NAMES.get(Pixel.class),
        method.getGenericReturnType().getTypeName());
  }

  @Deprecated
  private static int twice(int i) {
    return 2 * i;
  }

  private int linked() throws Exception {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    MethodHandle handle =
        lookup.findStatic(Benign.class, "twice", MethodType.methodType(int.class, int.class));
    Function<Integer, Integer> lambda = i -> i + results;
    Function<Integer, Integer> reference = Benign::twice;
    Runnable closure = () -> Objects.requireNonNull(lambda);
    closure.run();
    double area =
        switch (shape) {
          case Circle(double radius) -> radius * radius;
          case Square(double side) -> side * side;
        };
    int colour =
        switch (pixel.colour()) {
          case RED -> 1;
          case GREEN -> 2;
        };
    int word =
        switch (list.getFirst()) {
          case "c" -> 3;
          default -> 4;
        };
    String joined = "area " + area + ' ' + colour + word + pixel.equals(new Pixel(3, Colour.GREEN));
    return invoke(handle) + lambda.andThen(reference).apply(5) + joined.hashCode();
  }

  private static int invoke(MethodHandle handle) {
    try {
      return (int) handle.invokeExact(4);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private int kept() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(pixel);
    }
    ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    Pixel read = (Pixel) in.readObject();
    System.Logger logger = System.getLogger("dev.runnel.race.programs");
    logger.log(System.Logger.Level.TRACE, "not to be seen {0}", read);
    if (random.nextInt() == 7 && ThreadLocalRandom.current().nextInt() == 7) {
      logger.log(System.Logger.Level.TRACE, "drawn");
    }
    String walked =
        StackWalker.getInstance().walk(s -> s.findFirst().orElseThrow().getMethodName());
    return read.x() + walked.length();
  }
}
