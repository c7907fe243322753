package dev.runnel.race.agent;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/** The calls of the hooks that {@link EdgeTable} has for one method. */
final class RowCalls {
  private final MethodPlan plan;

  /** The locals that the object and its first two arguments are kept in. */
  private final int[] given = new int[3];

  RowCalls(MethodPlan plan) {
    this.plan = plan;
  }

  boolean has(EdgeTable.When when) {
    return plan.rows.stream().anyMatch(row -> row.when() == when);
  }

  /** At the start of the method. */
  void begin(CodeBuilder code) {
    for (EdgeTable.Row row : plan.rows) {
      keep(code, row.given());
    }
    if (!plan.isConstructor) {
      call(code, EdgeTable.When.ENTRY);
    }
  }

  /** Keeps what a row is given, as the method may use its locals for other things. */
  private void keep(CodeBuilder code, EdgeTable.Given what) {
    switch (what) {
      case NOTHING, RESULT -> {}
      case THIS, THIS_AND_BYTES -> keep(code, 0);
      case FIRST, FIRST_AND_RESULT -> keep(code, 1);
      case THIS_AND_BOTH -> {
        keep(code, 1);
        keep(code, 2);
      }
      case THIS_AND_FIRST -> {
        keep(code, 0);
        keep(code, 1);
      }
      case THIS_AND_NUMBER -> {
        given[1] = code.allocateLocal(TypeKind.INT);
        code.iload(code.parameterSlot(0)).istore(given[1]);
      }
    }
  }

  private void keep(CodeBuilder code, int which) {
    boolean early = plan.isConstructor && which == 0; // not yet to be stored as an Object
    if (given[which] == 0 && !early) {
      given[which] = code.allocateLocal(TypeKind.REFERENCE);
      code.aload(which == 0 ? 0 : code.parameterSlot(which - 1)).astore(given[which]);
    }
  }

  /** Calls the hooks of a place in the method. */
  void call(CodeBuilder code, EdgeTable.When when) {
    for (EdgeTable.Row row : plan.rows) {
      if (row.when() == when) {
        switch (row.given()) {
          case NOTHING -> {}
          case THIS -> code.aload(given[0]);
          case THIS_AND_NUMBER -> code.aload(0).iload(given[1]); // in a constructor
          case FIRST_AND_RESULT -> code.dup().aload(given[1]).swap();
          case FIRST -> code.aload(given[1]);
          case RESULT -> code.dup();
          case THIS_AND_BOTH -> code.aload(0).aload(given[1]).aload(given[2]); // in a constructor
          case THIS_AND_FIRST -> code.aload(given[0]).aload(given[1]);
          case THIS_AND_BYTES -> code.aload(given[0]).aload(code.parameterSlot(0));
        }
        code.invokestatic(row.hookClass(), row.hookMethod(), row.hookType());
        if (row.given() == EdgeTable.Given.THIS_AND_BYTES) {
          code.astore(code.parameterSlot(0));
        }
      }
    }
  }
}
