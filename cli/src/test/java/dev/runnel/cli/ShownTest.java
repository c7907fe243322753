package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ShownTest {

  @Test
  void reasonsAreThePersonsNotJavas() {
    assertThat(Shown.reason(new AccessDeniedException("a"))).isEqualTo("permission denied");
    assertThat(Shown.reason(new NoSuchFileException("a"))).isEqualTo("no such file");
    assertThat(Shown.reason(new FileSystemException("a", null, "Input/output error")))
        .isEqualTo("Input/output error");
    assertThat(Shown.reason(new IOException("Is a directory"))).isEqualTo("Is a directory");
    assertThat(Shown.reason(new IOException())).isEqualTo("java.io.IOException");
  }

  @Test
  void controlCharactersDoNothing() {
    assertThat(Shown.path(Path.of("a\nb\u001b[31m"))).isEqualTo("a?b?[31m");
    assertThat(Shown.reason(new IOException("a\rb"))).isEqualTo("a?b");
  }
}
