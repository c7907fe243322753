package dev.runnel.race.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be done in one method, found by reading it once. */
final class MethodPlan {
  /** What one hook takes, in bytes. */
  private static final int HOOK = 16;

  /** As many hooks does a call take whose arguments are all kept. */
  private static final int CALL = 8;

  final boolean checked;
  final boolean isSynchronized;
  final boolean isStatic;
  final boolean isConstructor;
  final boolean isInitializer;

  /** Whether its class's initialisation is ordered before it. */
  final boolean usesClass;

  final List<EdgeTable.Row> rows;

  /** Whether the thread's state is loaded, once, at its start. */
  final boolean needsState;

  /** Where JaCoCo keeps its probes, which race on purpose; -1 if it does not. */
  final int probes;

  /** Whether what it does with collections is checked. */
  final boolean checksCollections;

  /** The calls of collections; each method has locals of its own for them. */
  final CollectionCalls collections;

  /** What of those, and of its accesses to arrays, need not be checked; null if all. */
  final @Nullable Freshness freshness;

  private final boolean changes;
  private final int hooks;

  MethodPlan(ClassInstrumenter of, MethodModel method, boolean checked) {
    this.checked = checked;
    String name = method.methodName().stringValue();
    int flags = method.flags().flagsMask();
    boolean jdk = of.treatment == Scope.Treatment.JDK;
    this.isSynchronized = (flags & ClassFile.ACC_SYNCHRONIZED) != 0 && isFollowed(of);
    this.isStatic = (flags & ClassFile.ACC_STATIC) != 0;
    this.isConstructor = name.equals("<init>");
    this.isInitializer = name.equals("<clinit>");
    this.usesClass =
        of.shape.members()
            && of.shape.hasInitializer()
            && (isConstructor || (isStatic && !isInitializer));
    this.checksCollections = checked || Scope.isLockedWrapper(of.shape.name());
    this.collections = new CollectionCalls(of);
    this.rows = jdk || isRunnel(of) ? rows(of, method, name) : List.of();
    boolean any = false;
    boolean state = usesClass;
    int probesIn = -1;
    int hooked = 0;
    boolean probesLoaded = false;
    boolean uses = false;
    boolean makes = false;
    for (CodeElement e : method.code().orElseThrow().elementList()) {
      if (e instanceof Instruction i) {
        if (probesLoaded && i instanceof StoreInstruction store) {
          probesIn = store.slot();
        }
        boolean cast = probesLoaded && i instanceof TypeCheckInstruction; // a dynamic constant is
        probesLoaded = cast || loadsProbes(i);
      }
      switch (e) {
        case FieldInstruction f -> {
          FieldUses.Kind kind = of.uses.of(f).kind();
          any |= kind != FieldUses.Kind.NONE;
          hooked +=
              kind == FieldUses.Kind.NONE || (kind == FieldUses.Kind.PLAIN && !checked) ? 0 : 1;
          state |= kind != FieldUses.Kind.NONE && kind != FieldUses.Kind.VOLATILE;
        }
        case ArrayLoadInstruction _, ArrayStoreInstruction _ -> {
          state |= checked;
          hooked += checked ? 1 : 0;
          uses |= checked;
        }
        case NewPrimitiveArrayInstruction _,
            NewReferenceArrayInstruction _,
            NewMultiArrayInstruction _ ->
            makes = true;
        case NewObjectInstruction object ->
            makes |= CollectionCalls.isFollowed(object.className().asInternalName());
        case MonitorInstruction _ -> {
          any |= isFollowed(of);
          hooked++;
        }
        case InvokeInstruction call -> {
          boolean onCollection = checksCollections && collections.isFollowed(call);
          boolean followed =
              onCollection
                  || Calls.isFollowed(of, call)
                  || isDrawn(of, call)
                  || Calls.isCopy(of, call);
          state |= onCollection;
          uses |= onCollection;
          makes |=
              CollectionCalls.copies(call) || (onCollection && collections.makesIterator(call));
          any |= followed;
          hooked += followed ? CALL : 0;
        }
        case InvokeDynamicInstruction made -> any |= isReference(of, made);
        case ReturnInstruction _ -> hooked++;
        default -> {}
      }
    }
    boolean looked = uses && makes && of.model.majorVersion() >= ClassFile.JAVA_6_VERSION;
    this.freshness = looked ? freshness(method) : null;
    this.probes = probesIn;
    this.hooks = hooked;
    this.needsState = state;
    boolean keeps = of.shape.members() && (isInitializer || (isConstructor && of.shape.freezes()));
    this.changes = any || state || isSynchronized || keeps || !rows.isEmpty();
  }

  /** In the JDK, classes that are only in the table have their other operations left alone. */
  static boolean isFollowed(ClassInstrumenter of) {
    return of.treatment != Scope.Treatment.JDK || !Scope.isOnlyInTable(of.shape.name());
  }

  private static boolean isDrawn(ClassInstrumenter of, InvokeInstruction call) {
    return EdgeTable.drawsNumber(
        of.shape.name(), call.owner().asInternalName(), call.name().stringValue());
  }

  /** Null if it can't be told: then all is checked. */
  private @Nullable Freshness freshness(MethodModel method) {
    try {
      return Freshness.of(method, method.code().orElseThrow(), collections);
    } catch (RuntimeException e) { // bytecode that no compiler of today makes
      return null;
    }
  }

  /** Whether the array of an access, by its place among the elements, is known to nobody else. */
  boolean isFreshArray(int element) {
    return freshness != null && freshness.of(element).object();
  }

  /** Whether an instruction makes a reference to a method whose calls are followed. */
  boolean isReference(ClassInstrumenter of, InvokeDynamicInstruction made) {
    return of.shape.members() && of.references.isFollowed(made, checked);
  }

  private static boolean isRunnel(ClassInstrumenter of) {
    return of.shape.name().startsWith("dev/runnel/");
  }

  private static List<EdgeTable.Row> rows(ClassInstrumenter of, MethodModel method, String name) {
    return EdgeTable.of(of.shape.name(), name, method.methodType().stringValue());
  }

  private static boolean loadsProbes(Instruction i) {
    return switch (i) {
      case InvokeInstruction call when call.opcode() == Opcode.INVOKESTATIC ->
          call.name().stringValue().startsWith("$jacoco");
      case ConstantInstruction.LoadConstantInstruction load
          when load.constantEntry() instanceof ConstantDynamicEntry dynamic ->
          dynamic.name().stringValue().startsWith("$jacoco");
      default -> false;
    };
  }

  /** How many bytes may be added, at most. */
  int mostAdded() {
    return hooks * HOOK;
  }

  boolean changesAnything() {
    return changes;
  }

  /** Whether an array store may be one of JaCoCo's, given the local its array came from. */
  boolean isProbe(ArrayStoreInstruction store, int arrayFrom) {
    return probes >= 0 && arrayFrom == probes && store.typeKind() == TypeKind.BYTE;
  }
}
