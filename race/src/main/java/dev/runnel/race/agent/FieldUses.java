package dev.runnel.race.agent;

import dev.runnel.race.runtime.Volatiles;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.util.HashMap;
import java.util.Map;

/** What the field instructions of one class mean. */
final class FieldUses {

  /** What is to be done at an instruction. */
  enum Kind {
    NONE,
    /** Its words are checked. */
    PLAIN,
    /** It orders. */
    VOLATILE,
    /** The object's making is ordered before it. */
    FROZEN,
    /** The class's initialisation is ordered before it. */
    INITIALIZED,
    /** Likewise, but the class can't be named from here. */
    INITIALIZED_ABOVE,
    /** Likewise, of an interface. */
    INITIALIZED_INTERFACE
  }

  /**
   * A field in use.
   *
   * @param kind how
   * @param declaring the shape of the class that declares it; that of the user if not known
   * @param member the field; a plain one if not known
   * @param number that of a volatile field
   */
  record Use(Kind kind, Shape declaring, Shape.Member member, int number) {}

  private final ClassInstrumenter user;
  private final Map<String, Use> uses = new HashMap<>();

  FieldUses(ClassInstrumenter user) {
    this.user = user;
  }

  Use of(FieldInstruction instruction) {
    boolean read =
        instruction.opcode() == Opcode.GETFIELD || instruction.opcode() == Opcode.GETSTATIC;
    String owner = instruction.owner().asInternalName();
    String name = instruction.name().stringValue();
    String type = instruction.type().stringValue();
    String key = (read ? "r " : "w ") + owner + ' ' + name + ' ' + type;
    Use use = uses.get(key);
    if (use == null) {
      use = find(owner, name, type, read);
      uses.put(key, use);
    }
    return use;
  }

  private Use find(String owner, String name, String type, boolean read) {
    if (!MethodPlan.isFollowed(user)) {
      return new Use(Kind.NONE, user.shape, new Shape.Member(name, type, 0, "", false), 0);
    }
    Shape.Member own =
        owner.equals(user.shape.name()) ? user.shape.fields().get(name + type) : null;
    Shapes.Resolved resolved =
        own != null
            ? new Shapes.Resolved(user.shape, own)
            : user.shapes.resolve(user.loader, owner, name, type);
    if (resolved == null) { // made at run time, perhaps: asked when it is first used
      Shape.Member unknown = new Shape.Member(name, type, 0, "", false);
      int number = Volatiles.add(owner.replace('/', '.'), name, true);
      return new Use(Kind.VOLATILE, user.shape, unknown, number);
    }
    Shape declaring = resolved.declaring();
    Shape.Member member = resolved.member();
    boolean jdk = user.treatment == Scope.Treatment.JDK;
    if (jdk && JdkVariables.isUpkeep(declaring.name(), name)) {
      return new Use(Kind.NONE, declaring, member, 0);
    }
    if (member.isVolatile() || (jdk && JdkVariables.isVolatile(declaring.name(), name))) {
      int number = Volatiles.add(declaring.name().replace('/', '.'), name, false);
      return new Use(Kind.VOLATILE, declaring, member, number);
    }
    return new Use(kind(owner, declaring, member, read), declaring, member, 0);
  }

  private Kind kind(String owner, Shape declaring, Shape.Member member, boolean read) {
    if (user.treatment == Scope.Treatment.JDK) {
      return Kind.NONE;
    }
    if (member.isPlain() && declaring.checked() && user.treatment == Scope.Treatment.CHECKED) {
      return Kind.PLAIN;
    }
    if (!read || !declaring.members()) {
      return Kind.NONE;
    }
    if (!member.isStatic()) {
      boolean frozen = member.isFinal() && member.isReference() && declaring.freezes();
      return frozen ? Kind.FROZEN : Kind.NONE;
    }
    if (!declaring.hasInitializer()) {
      return Kind.NONE;
    }
    if (!declaring.name().equals(owner) && !inOnePackage(declaring.name(), user.shape.name())) {
      return Kind.INITIALIZED_ABOVE;
    }
    return declaring.isInterface() ? Kind.INITIALIZED_INTERFACE : Kind.INITIALIZED;
  }

  private static boolean inOnePackage(String a, String b) {
    int end = a.lastIndexOf('/');
    return end == b.lastIndexOf('/') && a.regionMatches(0, b, 0, Math.max(end, 0));
  }
}
