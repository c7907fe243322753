package dev.runnel.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A detector that does not work must not let a program pass: here it is broken in many ways. */
class SelfCheckTest {
  private static final String IGNORED = "dev.runnel.race.programs.Ignored";

  @TempDir private Path dir;

  /** The agent's jar with an entry changed; one of no bytes is left out. */
  private Path broken(String entry, UnaryOperator<byte[]> change, UnaryOperator<Manifest> manifest)
      throws Exception {
    Path broken = dir.resolve("broken.jar");
    try (JarFile whole = new JarFile(Agents.JAR.toFile());
        OutputStream file = Files.newOutputStream(broken);
        JarOutputStream out = new JarOutputStream(file, manifest.apply(whole.getManifest()))) {
      for (Enumeration<JarEntry> all = whole.entries(); all.hasMoreElements(); ) {
        JarEntry next = all.nextElement();
        byte[] bytes = whole.getInputStream(next).readAllBytes();
        if (next.getName().endsWith(".class")) {
          byte[] changed = next.getName().endsWith(entry) ? change.apply(bytes) : bytes;
          if (changed.length > 0) {
            out.putNextEntry(new JarEntry(next.getName()));
            out.write(changed);
          }
        }
      }
    }
    return broken;
  }

  private static void assertRefused(Agents.Outcome outcome, String why) {
    assertThat(outcome.output()).contains(why).doesNotContain("ran to its end");
    assertThat(outcome.status()).isNotZero().isNotEqualTo(66).isPositive();
  }

  /** Its methods of one name return 0 or null, or nothing, and do nothing. */
  private static byte[] without(String method, byte[] bytes) {
    ClassFile file = ClassFile.of();
    ClassTransform transform =
        (to, element) -> {
          if (element instanceof MethodModel m && m.methodName().equalsString(method)) {
            MethodTypeDesc type = m.methodTypeSymbol();
            to.withMethodBody(
                method, type, m.flags().flagsMask(), code -> nothing(code, type.returnType()));
          } else {
            to.with(element);
          }
        };
    return file.transformClass(file.parse(bytes), transform);
  }

  private static void nothing(CodeBuilder code, ClassDesc type) {
    TypeKind kind = TypeKind.from(type);
    switch (kind) {
      case VOID -> {}
      case REFERENCE -> code.aconst_null();
      default -> code.iconst_0();
    }
    code.return_(kind);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          agent/Transformer   , transform , a race is not found
          runtime/Races       , found     , a race is not found
          agent/ClassInstrumenter, isChecked , a race is not found
          runtime/Volatiles   , read      , a race is found where there is none
          runtime/Monitors    , leaving   , a race is found where there is none
          runtime/Threads     , joined    , a race is found where there is none
          runtime/Threads     , starting  , the self-check found that
          runtime/Variables   , before    , a race is found where there is none
          runtime/ArrayAccesses, write    , a race is not found
          """)
  void withAPartThatDoesNothing(String type, String method, String why) throws Exception {
    Path jar = broken("/" + type + ".class", bytes -> without(method, bytes), m -> m);
    assertRefused(Agents.runWith(jar, "", IGNORED, "field"), why);
  }

  @Test
  void withoutItsProbe() throws Exception {
    Path jar = broken("agent/Probe.class", _ -> new byte[0], m -> m);
    assertRefused(Agents.runWith(jar, "", IGNORED, "field"), "a class can't be instrumented");
  }

  @Test
  void withoutTheRightToRewriteTheJdk() throws Exception {
    UnaryOperator<Manifest> without =
        manifest -> {
          manifest.getMainAttributes().putValue("Can-Retransform-Classes", "false");
          return manifest;
        };
    Path jar = broken("nothing", b -> b, without);
    assertRefused(Agents.runWith(jar, "", IGNORED, "field"), "the detector can't start");
  }

  @Test
  void checksItselfWhateverIsExcluded() throws Exception {
    Agents.Outcome outcome = Agents.run("exclude=dev.runnel.race.agent.*", IGNORED, "field");
    assertThat(outcome.output()).isEqualTo("ran to its end" + System.lineSeparator());
    assertThat(outcome.status()).isZero();
  }
}
