package dev.runnel.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runnel.Go;
import dev.runnel.testkit.ChildJvm;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.management.JMX;
import javax.management.ObjectName;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dumps that are asked for from outside. */
@Timeout(120)
class OutsideTest {
  private static final Path JDK = Path.of(System.getProperty("java.home"), "bin");

  @TempDir Path folder;

  /** As the build makes it: an agent's jar finds its class wherever the program has Runnel. */
  private Path agent() throws Exception {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Agent-Class", DumpAgent.class.getName());
    Path jar = folder.resolve("agent.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream written = new JarOutputStream(out, manifest)) {
      written.finish();
    }
    return jar;
  }

  private static Process start(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(JDK.resolve("java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", home(Go.class) + ":" + home(Observed.class)));
    command.add(Observed.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder.start();
  }

  private static Path home(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static String jcmd(Process child, String... command) throws Exception {
    List<String> words = new ArrayList<>(List.of(JDK.resolve("jcmd").toString(), "" + child.pid()));
    words.addAll(List.of(command));
    Process jcmd = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jcmd.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  @Test
  void jcmdMakesTheProgramWriteADump() throws Exception {
    Path agent = agent();
    Process child = start("-Drunnel.goroutines=on", "-XX:+EnableDynamicAgentLoading");
    try (var out = child.inputReader()) {
      assertThat(out.readLine()).isEqualTo("ready");
      Path json = folder.resolve("dump.json");
      assertThat(jcmd(child, "JVMTI.agent_load", agent.toString(), json.toString()))
          .contains("return code: 0");
      assertThat(json).content().contains("\"name\":\"reader\",\"state\":\"chan receive\"");
      Path text = folder.resolve("dump.txt");
      jcmd(child, "JVMTI.agent_load", agent.toString(), text.toString());
      assertThat(text)
          .content()
          .startsWith("goroutine dump: 1 found\n\ngoroutine ")
          .contains("Observed.main(Observed.java:");
      jcmd(child, "JVMTI.agent_load", agent.toString());
      child.getOutputStream().close();
      assertThat(out.readAllLines())
          .contains("goroutine dump: 1 found")
          .anyMatch(line -> line.contains("\"reader\" [chan receive on "));
      assertThat(child.waitFor()).isZero();
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  void theAgentSaysWhatItDoesNotLike() throws Exception {
    assertThatIllegalArgumentException().isThrownBy(() -> DumpAgent.agentmain("dump.txt"));
    Path there = Files.createFile(folder.resolve("there.txt"));
    Assertions.assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> DumpAgent.agentmain(there.toString()));
  }

  @Test
  void theBeanShowsWhatGoroutinesDo() throws Exception {
    Goroutines.register();
    Goroutines.register(); // once is enough, twice no harm
    GoroutinesMXBean bean =
        JMX.newMXBeanProxy(
            ManagementFactory.getPlatformMBeanServer(),
            new ObjectName(GoroutinesMXBean.NAME),
            GoroutinesMXBean.class);
    Go.run(() -> {
      assertThat(bean.dump()).contains("\"main\" [");
      assertThat(bean.dumpJson()).contains("\"name\":\"main\"");
      assertThat(bean.getCount()).isPositive();
      assertThat(bean.deadlocks()).isEmpty();
    });
    assertThat(bean.isTracking()).isFalse();
    bean.setTracking(true);
    assertThat(bean.isTracking()).isTrue();
    bean.setTracking(false);
  }

  @Test
  void thePropertyRegistersTheBeanWithTheFirstGoroutine() throws Exception {
    assertThat(ChildJvm.run(BeanProgram.class, "-Drunnel.jmx=on")).containsExactly("false", "true");
    assertThat(ChildJvm.run(BeanProgram.class)).containsExactly("false", "false");
  }
}
