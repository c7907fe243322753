package dev.runnel.race.programs;

import dev.runnel.race.programs.Pair.Cell;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.util.function.Consumer;

/**
 * {@code sun.misc.Unsafe}, as libraries still use it. Compilers warn of it, and won't be told not
 * to; so the classes that call it are made here.
 */
@SuppressWarnings("unused")
final class Unsafes {
  private static final ClassDesc UNSAFE = ClassDesc.of("sun.misc.Unsafe");
  private static final ClassDesc OBJECT = ConstantDescs.CD_Object;
  private static final ClassDesc LONG = ConstantDescs.CD_long;
  private static final ClassDesc INT = ConstantDescs.CD_int;
  private static final MethodTypeDesc PUT =
      MethodTypeDesc.of(ConstantDescs.CD_void, OBJECT, LONG, INT);
  private static final MethodTypeDesc GET = MethodTypeDesc.of(INT, OBJECT, LONG);
  private static final MethodTypeDesc SWAP =
      MethodTypeDesc.of(ConstantDescs.CD_boolean, OBJECT, LONG, INT, INT);
  private static final MethodTypeDesc USE = MethodTypeDesc.of(INT, OBJECT, OBJECT, LONG);

  /** Two elements' places in an array of ints, wherever that begins. */
  private static final long FIRST = 24;

  private static final long SECOND = FIRST + Integer.BYTES;

  private static int made;

  private Unsafes() {}

  /** Does something to an int of an object. */
  interface Use {
    int on(Object unsafe, Object object, long offset);
  }

  private static Object unsafe() throws Exception {
    Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
    field.setAccessible(true);
    return field.get(null);
  }

  /** Makes a use; what it is has the three things on the stack, and leaves an int there. */
  private static Use use(Consumer<CodeBuilder> body) throws Exception {
    ClassDesc self = ClassDesc.of(Unsafes.class.getName() + "$Made" + made++);
    byte[] bytes =
        ClassFile.of()
            .build(
                self,
                type -> {
                  type.withInterfaceSymbols(ClassDesc.of(Use.class.getName()));
                  type.withMethodBody(
                      ConstantDescs.INIT_NAME,
                      ConstantDescs.MTD_void,
                      ClassFile.ACC_PUBLIC,
                      code ->
                          code.aload(0)
                              .invokespecial(
                                  OBJECT, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                              .return_());
                  type.withMethodBody(
                      "on",
                      USE,
                      ClassFile.ACC_PUBLIC,
                      code -> {
                        code.aload(1).checkcast(UNSAFE).aload(2).lload(3);
                        body.accept(code);
                        code.ireturn();
                      });
                });
    Class<?> type = MethodHandles.lookup().defineClass(bytes);
    return (Use) type.getDeclaredConstructor().newInstance();
  }

  private static Use put(String method) throws Exception {
    return use(code -> code.iconst_1().invokevirtual(UNSAFE, method, PUT).iconst_0());
  }

  private static Use get(String method) throws Exception {
    return use(code -> code.invokevirtual(UNSAFE, method, GET));
  }

  private static Use swap(int from, int to) throws Exception {
    return use(code ->
        code.loadConstant(from).loadConstant(to).invokevirtual(UNSAFE, "compareAndSwapInt", SWAP));
  }

  /** One thread writes a cell and does the first, the other the second, until it returns that. */
  private static void pass(Use first, long where, Use second, long there, int result)
      throws Exception {
    Object unsafe = unsafe();
    int[] other = new int[8];
    int _ = first.on(unsafe, other, where) + second.on(unsafe, other, there); // the JVM warns here
    int[] array = new int[8];
    Cell cell = new Cell();
    Pair.inTurn(
        () -> {
          cell.value = 1;
          int ignored = first.on(unsafe, array, where);
        },
        () -> {
          Pair.await(() -> second.on(unsafe, array, there) == result);
          cell.value++;
        });
  }

  static void putVolatile(boolean ordered) throws Exception {
    Use put = put(ordered ? "putIntVolatile" : "putInt");
    pass(put, FIRST, get("getIntVolatile"), FIRST, 1);
  }

  static void getVolatile(boolean ordered) throws Exception {
    Use get = get(ordered ? "getIntVolatile" : "getInt");
    pass(put("putIntVolatile"), FIRST, get, FIRST, 1);
  }

  static void putOrdered(boolean ordered) throws Exception {
    Use put = put(ordered ? "putOrderedInt" : "putInt");
    pass(put, SECOND, get("getIntVolatile"), SECOND, 1);
  }

  static void otherOffset(boolean ordered) throws Exception {
    long there = ordered ? FIRST : SECOND;
    pass(put("putIntVolatile"), FIRST, get("getIntVolatile"), there, ordered ? 1 : 0);
  }

  static void compareAndSwap(boolean ordered) throws Exception {
    pass(ordered ? swap(0, 1) : put("putInt"), FIRST, swap(1, 2), FIRST, 1);
  }

  static void getAndAdd(boolean ordered) throws Exception {
    MethodTypeDesc type = MethodTypeDesc.of(INT, OBJECT, LONG, INT);
    Use add = use(code -> code.iconst_1().invokevirtual(UNSAFE, "getAndAddInt", type));
    pass(ordered ? add : put("putInt"), FIRST, add, FIRST, 1);
  }

  static void getAndSet(boolean ordered) throws Exception {
    MethodTypeDesc type = MethodTypeDesc.of(INT, OBJECT, LONG, INT);
    Use set = use(code -> code.iconst_1().invokevirtual(UNSAFE, "getAndSetInt", type));
    pass(set, FIRST, ordered ? set : get("getInt"), FIRST, 1);
  }

  /** Fences around plain accesses. */
  static void fences(boolean ordered) throws Exception {
    Use put =
        use(code -> {
          if (ordered) {
            code.aload(1).checkcast(UNSAFE);
            code.invokevirtual(UNSAFE, "storeFence", ConstantDescs.MTD_void);
          }
          code.iconst_1().invokevirtual(UNSAFE, "putInt", PUT).iconst_0();
        });
    Use get =
        use(code -> {
          code.invokevirtual(UNSAFE, "getInt", GET);
          if (ordered) {
            code.aload(1).checkcast(UNSAFE);
            code.invokevirtual(UNSAFE, "loadFence", ConstantDescs.MTD_void);
          }
        });
    pass(put, FIRST, get, FIRST, 1);
  }

  static void fullFences(boolean ordered) throws Exception {
    Use put =
        use(code -> {
          if (ordered) {
            code.aload(1).checkcast(UNSAFE);
            code.invokevirtual(UNSAFE, "fullFence", ConstantDescs.MTD_void);
          }
          code.iconst_1().invokevirtual(UNSAFE, "putInt", PUT).iconst_0();
        });
    Use get =
        use(code -> {
          code.invokevirtual(UNSAFE, "getInt", GET);
          code.aload(1).checkcast(UNSAFE);
          code.invokevirtual(UNSAFE, "fullFence", ConstantDescs.MTD_void);
        });
    pass(put, FIRST, get, FIRST, 1);
  }

  @SuppressWarnings("unused") // by its offset, and by its name
  private volatile int flag;

  /** A field, by its offset and by its name. */
  static void fieldByOffset(boolean ordered) throws Exception {
    Object unsafe = unsafe();
    long offset =
        (Long)
            unsafe
                .getClass()
                .getMethod("objectFieldOffset", Field.class)
                .invoke(unsafe, Unsafes.class.getDeclaredField("flag"));
    Unsafes on = new Unsafes();
    Use put = put("putOrderedInt");
    Pair.pass(ordered, () -> put.on(unsafe, on, offset), () -> Pair.await(() -> on.flag == 1));
  }

  /** Memory outside the heap. */
  static void memory(boolean ordered) throws Exception {
    Object unsafe = unsafe();
    long address =
        (Long) unsafe.getClass().getMethod("allocateMemory", long.class).invoke(unsafe, 64L);
    unsafe.getClass().getMethod("putInt", long.class, int.class).invoke(unsafe, address, 0);
    Use put = put("putIntVolatile");
    Use get = get("getIntVolatile");
    Pair.pass(
        ordered,
        () -> put.on(unsafe, null, address),
        () -> Pair.await(() -> get.on(unsafe, null, address) == 1));
  }
}
