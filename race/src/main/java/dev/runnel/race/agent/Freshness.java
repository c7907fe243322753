package dev.runnel.race.agent;

import java.lang.classfile.Attributes;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.DiscontinuedInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which arrays, collections, iterators and builders of text in a method can't be known to another
 * thread yet: they are made in it, and nothing in it has so far stored them, returned them, or
 * handed them to anybody who might. What is done with those need not be checked, and that is most
 * of what programs do with them. If they come to be known in a race, the race is at the reference.
 *
 * <p>It is an abstract interpretation: each reference is the instruction at which its object was
 * made, its site, or unknown. What two paths disagree on counts as known to all. A site that makes
 * another object while there is still a reference to the last one is left out, as both go by one
 * name.
 */
final class Freshness {
  private final CollectionCalls calls;
  private final List<CodeElement> code;
  private final Map<Label, Frame> frames = new HashMap<>();
  private final Map<Label, StackMapFrameInfo> declared = new HashMap<>();
  private final List<ExceptionCatch> handlers;
  private final Set<ExceptionCatch> active = new HashSet<>();

  /** Sites by which more than one object goes at a time. */
  private final BitSet confused = new BitSet();

  /** By number of site, from 1: for an iterator, the site of its collection; else its own. */
  private final List<Integer> origins = new ArrayList<>(List.of(0));

  private final Map<Integer, Integer> siteOf = new HashMap<>();

  /** What is fresh of a call or of an access to an array, by its place among the elements. */
  private final Map<Integer, CollectionCalls.Fresh> fresh = new HashMap<>();

  private @Nullable Frame now;
  private boolean changed;
  private int position;

  private Freshness(MethodModel method, CodeModel model, CollectionCalls calls) {
    this.calls = calls;
    this.code = model.elementList();
    this.handlers = model.exceptionHandlers();
    CodeAttribute attribute = method.findAttribute(Attributes.code()).orElseThrow();
    model
        .findAttribute(Attributes.stackMapTable())
        .ifPresent(table -> table.entries().forEach(e -> declared.put(e.target(), e)));
    Frame first = new Frame(attribute.maxLocals(), attribute.maxStack() + 1);
    Arrays.fill(first.locals, Frame.UNKNOWN); // arguments, mostly
    do {
      changed = false;
      active.clear();
      now = first.copy();
      for (position = 0; position < code.size(); position++) {
        step(code.get(position));
      }
    } while (changed);
  }

  /** Looks at a method. */
  static Freshness of(MethodModel method, CodeModel model, CollectionCalls calls) {
    return new Freshness(method, model, calls);
  }

  /** What of a call, by its place among the method's elements, can't be known to others. */
  CollectionCalls.Fresh of(int element) {
    return fresh.getOrDefault(element, CollectionCalls.Fresh.NOT);
  }

  private boolean isKept(Frame f, int site) {
    return site > 0 && !f.lost.get(site) && !confused.get(site);
  }

  private void note(Frame f, int receiver, int last) {
    boolean own = isKept(f, receiver);
    boolean whole = own && isKept(f, origins.get(receiver));
    fresh.put(position, new CollectionCalls.Fresh(whole, own && !whole, isKept(f, last)));
  }

  private void step(CodeElement element) {
    if (element instanceof LabelTarget target) {
      label(target.label());
      return;
    }
    Frame f = now;
    if (f == null) {
      return;
    }
    catches(f);
    run(f, element);
    catches(f); // a call may throw after it has handed something on
  }

  private void catches(Frame f) {
    for (ExceptionCatch handler : active) {
      arrive(handler.handler(), f.caught());
    }
  }

  private void run(Frame f, CodeElement element) {
    switch (element) {
      case LoadInstruction load -> {
        boolean reference = load.typeKind() == TypeKind.REFERENCE;
        if (reference) {
          f.push(f.locals[load.slot()]);
        } else {
          f.pushSlots(load.typeKind().slotSize());
        }
      }
      case StoreInstruction store -> {
        if (store.typeKind() == TypeKind.REFERENCE) {
          f.locals[store.slot()] = f.pop();
        } else {
          int slots = store.typeKind().slotSize();
          f.popSlots(slots);
          Arrays.fill(f.locals, store.slot(), store.slot() + slots, Frame.NOTHING);
        }
      }
      case ConstantInstruction constant -> constant(f, constant);
      case ArrayLoadInstruction load -> {
        f.popSlots(1);
        note(f, f.pop(), Frame.NOTHING);
        pushOf(f, load.typeKind());
      }
      case ArrayStoreInstruction store -> {
        popLost(f, store.typeKind());
        f.popSlots(1);
        note(f, f.pop(), Frame.NOTHING);
      }
      case FieldInstruction field -> field(f, field);
      case InvokeInstruction call -> call(f, call);
      case InvokeDynamicInstruction made -> {
        arguments(f, made.typeSymbol().parameterList());
        pushOf(f, TypeKind.from(made.typeSymbol().returnType()));
      }
      case NewObjectInstruction made ->
          f.push(
              CollectionCalls.isFollowed(made.className().asInternalName())
                  ? made(f)
                  : Frame.UNKNOWN);
      case NewPrimitiveArrayInstruction _, NewReferenceArrayInstruction _ -> {
        f.popSlots(1);
        f.push(made(f));
      }
      case NewMultiArrayInstruction made -> {
        f.popSlots(made.dimensions());
        f.push(made(f));
      }
      case TypeCheckInstruction check -> {
        if (check.opcode() == Opcode.INSTANCEOF) {
          f.popSlots(1);
          f.pushSlots(1);
        }
      }
      case OperatorInstruction operator -> operator(f, operator);
      case ConvertInstruction convert -> {
        f.popSlots(convert.fromType().slotSize());
        f.pushSlots(convert.toType().slotSize());
      }
      case StackInstruction stack -> stack(f, stack.opcode());
      case BranchInstruction branch -> {
        f.popSlots(tested(branch.opcode()));
        arrive(branch.target(), f);
        if (branch.opcode() == Opcode.GOTO || branch.opcode() == Opcode.GOTO_W) {
          now = null;
        }
      }
      case LookupSwitchInstruction chosen -> choose(f, chosen.defaultTarget(), chosen.cases());
      case TableSwitchInstruction chosen -> choose(f, chosen.defaultTarget(), chosen.cases());
      case ReturnInstruction end -> {
        popLost(f, end.typeKind());
        now = null;
      }
      case ThrowInstruction _ -> {
        lose(f, f.pop());
        now = null;
      }
      case MonitorInstruction _ -> lose(f, f.pop());
      case DiscontinuedInstruction _ -> // of class files older than all collections
          throw new IllegalArgumentException("a subroutine");
      default -> {}
    }
  }

  private void label(Label label) {
    Frame f = now;
    if (f != null) {
      arrive(label, f);
    }
    Frame there = frames.get(label);
    now = there == null ? null : there.copy();
    for (ExceptionCatch handler : handlers) {
      if (handler.tryStart().equals(label)) {
        active.add(handler);
      }
      if (handler.tryEnd().equals(label)) {
        active.remove(handler);
      }
    }
  }

  /** Some path leads to a label. */
  private void arrive(Label label, Frame from) {
    Frame f = from.copy();
    StackMapFrameInfo known = declared.get(label);
    if (known != null) {
      forget(f, known);
    }
    Frame there = frames.get(label);
    if (there == null) {
      frames.put(label, f);
      changed = true;
    } else if (there.join(f)) {
      changed = true;
    }
  }

  /** Of a local that nobody reads any more the class file says nothing. */
  private static void forget(Frame f, StackMapFrameInfo known) {
    int slot = 0;
    for (StackMapFrameInfo.VerificationTypeInfo type : known.locals()) {
      boolean reference =
          !(type instanceof StackMapFrameInfo.SimpleVerificationTypeInfo)
              || type == StackMapFrameInfo.SimpleVerificationTypeInfo.NULL
              || type == StackMapFrameInfo.SimpleVerificationTypeInfo.UNINITIALIZED_THIS;
      boolean wide =
          type == StackMapFrameInfo.SimpleVerificationTypeInfo.LONG
              || type == StackMapFrameInfo.SimpleVerificationTypeInfo.DOUBLE;
      if (!reference) {
        f.locals[slot] = Frame.NOTHING;
      }
      slot += wide ? 2 : 1;
    }
    Arrays.fill(f.locals, Math.min(slot, f.locals.length), f.locals.length, Frame.NOTHING);
  }

  private void choose(Frame f, Label otherwise, List<SwitchCase> cases) {
    f.popSlots(1);
    arrive(otherwise, f);
    for (SwitchCase one : cases) {
      arrive(one.target(), f);
    }
    now = null;
  }

  private void lose(Frame f, int value) {
    if (value > 0) {
      f.lost.set(value);
      f.lost.set(origins.get(value)); // whoever has an iterator has the collection
    }
  }

  private void popLost(Frame f, TypeKind kind) {
    if (kind == TypeKind.REFERENCE) {
      lose(f, f.pop());
    } else {
      f.popSlots(kind.slotSize());
    }
  }

  private static void pushOf(Frame f, TypeKind kind) {
    if (kind == TypeKind.REFERENCE) {
      f.push(Frame.UNKNOWN);
    } else {
      f.pushSlots(kind.slotSize());
    }
  }

  private static void constant(Frame f, ConstantInstruction constant) {
    if (constant.opcode() == Opcode.ACONST_NULL) {
      f.push(Frame.NULL);
    } else {
      pushOf(f, constant.typeKind());
    }
  }

  private void field(Frame f, FieldInstruction field) {
    TypeKind kind = TypeKind.from(field.typeSymbol());
    switch (field.opcode()) {
      case GETSTATIC -> pushOf(f, kind);
      case PUTSTATIC -> popLost(f, kind);
      case GETFIELD -> {
        f.popSlots(1);
        pushOf(f, kind);
      }
      default -> {
        popLost(f, kind);
        f.popSlots(1);
      }
    }
  }

  /** The site at which an object is made. */
  private int site(int element) {
    return siteOf.computeIfAbsent(
        element,
        _ -> {
          origins.add(origins.size());
          return origins.size() - 1;
        });
  }

  /** A new object, which nobody else knows. */
  private int made(Frame f) {
    int site = site(position);
    if (f.holds(value -> value > 0 && (value == site || origins.get(value) == site))) {
      changed |= !confused.get(site);
      confused.set(site);
    }
    f.lost.clear(site);
    return site;
  }

  /** A new iterator; one over a collection that others know may be fresh itself. */
  private int iterator(Frame f, int collection) {
    int site = made(f);
    origins.set(site, Math.max(collection, 0));
    return site;
  }

  private void arguments(Frame f, List<ClassDesc> types) {
    for (ClassDesc type : types.reversed()) {
      popLost(f, TypeKind.from(type));
    }
  }

  private void call(Frame f, InvokeInstruction call) {
    boolean followed = calls.isFollowed(call);
    List<ClassDesc> types = call.typeSymbol().parameterList();
    int last = Frame.NOTHING;
    if (followed && calls.readsLast(call)) {
      last = f.pop();
      types = types.subList(0, types.size() - 1);
    }
    TypeKind result = TypeKind.from(call.typeSymbol().returnType());
    if (call.opcode() == Opcode.INVOKESTATIC) {
      if (followed) { // its first argument is in the place of an object
        arguments(f, types.subList(1, types.size()));
        note(f, f.pop(), last);
      } else if (CollectionCalls.leavesAlone(call)) {
        types.reversed().forEach(type -> f.popSlots(TypeKind.from(type).slotSize()));
      } else {
        arguments(f, types);
      }
      if (CollectionCalls.copies(call)) {
        f.push(made(f));
      } else {
        pushOf(f, result);
      }
      return;
    }
    if (CollectionCalls.leavesAlone(call)) {
      types.reversed().forEach(type -> f.popSlots(TypeKind.from(type).slotSize()));
    } else {
      arguments(f, types);
    }
    int receiver = f.pop();
    note(f, receiver, last);
    boolean copies = CollectionCalls.copies(call);
    boolean made = call.name().equalsString("<init>");
    boolean kept = made || copies || CollectionCalls.asks(call);
    if (!kept && !(followed && calls.keepsToItself(call))) {
      lose(f, receiver);
    }
    if (calls.returnsItself(call)) {
      f.push(receiver);
    } else if (calls.makesIterator(call)) {
      f.push(iterator(f, receiver));
    } else if (copies) {
      f.push(made(f));
    } else {
      pushOf(f, result);
    }
  }

  private static int tested(Opcode opcode) {
    return switch (opcode) {
      case GOTO, GOTO_W -> 0;
      case IFEQ, IFNE, IFLT, IFGE, IFGT, IFLE, IFNULL, IFNONNULL -> 1;
      default -> 2;
    };
  }

  private static void operator(Frame f, OperatorInstruction operator) {
    int slots = operator.typeKind().slotSize();
    switch (operator.opcode()) {
      case ARRAYLENGTH -> {
        f.popSlots(1);
        f.pushSlots(1);
      }
      case INEG, LNEG, FNEG, DNEG -> {}
      case LCMP, DCMPL, DCMPG -> {
        f.popSlots(4);
        f.pushSlots(1);
      }
      case FCMPL, FCMPG -> {
        f.popSlots(2);
        f.pushSlots(1);
      }
      case ISHL, ISHR, IUSHR, LSHL, LSHR, LUSHR -> f.popSlots(1);
      default -> f.popSlots(slots);
    }
  }

  private static void stack(Frame f, Opcode opcode) {
    switch (opcode) {
      case POP -> f.popSlots(1);
      case POP2 -> f.popSlots(2);
      case DUP -> f.duplicate(1, 0);
      case DUP_X1 -> f.duplicate(1, 1);
      case DUP_X2 -> f.duplicate(1, 2);
      case DUP2 -> f.duplicate(2, 0);
      case DUP2_X1 -> f.duplicate(2, 1);
      case DUP2_X2 -> f.duplicate(2, 2);
      case SWAP -> f.swap();
      default -> throw new IllegalArgumentException(opcode.toString());
    }
  }
}
