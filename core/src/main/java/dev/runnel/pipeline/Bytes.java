package dev.runnel.pipeline;

import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.internal.pipeline.Described;
import dev.runnel.internal.pipeline.Text;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * Pipelines of bytes, and of the text in them. Bytes come in arrays of any length.
 *
 * {@snippet class="dev.runnel.snippets.PipelineSnippetsTest" region="bytes"}
 */
public final class Bytes {

  /** How many bytes are read at a time where the caller does not say. */
  private static final int CHUNK = 8192;

  private Bytes() {}

  /**
   * What is read from an input stream, which each run opens and closes.
   *
   * @param open opens the stream
   * @return a pipeline of what each read brings
   */
  public static Pipeline<byte[]> read(Callable<? extends InputStream> open) {
    return read(open, CHUNK);
  }

  /**
   * What is read from an input stream, which each run opens and closes.
   *
   * @param open opens the stream
   * @param most how many bytes at a time at most
   * @return a pipeline of what each read brings
   * @throws IllegalArgumentException if the number is less than 1
   */
  public static Pipeline<byte[]> read(Callable<? extends InputStream> open, int most) {
    Objects.requireNonNull(open, "open");
    Numbers.atLeast(1, most, "how many bytes are read at a time");
    return Described.source("read", label -> Text.read(open, most, label));
  }

  /**
   * The bytes of a file, which each run opens and closes.
   *
   * @param file the file
   * @return a pipeline of what each read brings
   */
  public static Pipeline<byte[]> read(Path file) {
    Objects.requireNonNull(file, "file");
    return read(() -> Files.newInputStream(file));
  }

  /**
   * The text that bytes are in UTF-8. What is no UTF-8 is a failure; a character may be spread over
   * several arrays.
   *
   * @param bytes the bytes
   * @return a pipeline of parts of the text, none of them empty
   */
  public static Pipeline<String> decodeUtf8(Pipeline<byte[]> bytes) {
    return decoded("decodeUtf8", bytes, StandardCharsets.UTF_8);
  }

  /**
   * The text that bytes are in a character set. What is none in that is a failure; a character may
   * be spread over several arrays.
   *
   * @param bytes the bytes
   * @param charset the character set
   * @return a pipeline of parts of the text, none of them empty
   */
  public static Pipeline<String> decode(Pipeline<byte[]> bytes, Charset charset) {
    Objects.requireNonNull(charset, "charset");
    return decoded("decode", bytes, charset);
  }

  private static Pipeline<String> decoded(
      String operator, Pipeline<byte[]> bytes, Charset charset) {
    return ((Described<byte[]>) bytes)
        .then(operator, (up, label) -> Text.decode(up, label, charset));
  }

  /**
   * The bytes of a text in UTF-8. A lone surrogate is a failure; a pair may be spread over two
   * parts.
   *
   * @param text the parts of the text
   * @return a pipeline of arrays of its bytes, none of them empty
   */
  public static Pipeline<byte[]> encodeUtf8(Pipeline<String> text) {
    return ((Described<String>) text).then("encodeUtf8", (up, label) -> Text.encodeUtf8(up, label));
  }

  /**
   * The lines of a text that comes in parts. A line ends with a line feed, a carriage return, or
   * both, as for {@link java.io.BufferedReader}.
   *
   * @param text the parts
   * @return a pipeline of the lines without their ends
   */
  public static Pipeline<String> lines(Pipeline<String> text) {
    return ((Described<String>) text).then("lines", (up, _) -> Text.lines(up));
  }

  /**
   * Runs a pipeline and writes its bytes into an output stream, which is flushed at the end but not
   * closed.
   *
   * @param bytes the pipeline
   * @param stream the stream
   * @param ctx the context
   * @throws PipelineException if a stage fails, or writing does
   * @throws ContextException if the context has ended, or ends before the values do
   * @throws InterruptedException if the thread is interrupted
   */
  public static void write(Pipeline<byte[]> bytes, OutputStream stream, Context ctx)
      throws InterruptedException {
    Objects.requireNonNull(stream, "stream");
    var _ =
        ((Described<byte[]>) bytes)
            .<Boolean>use(
                "write",
                ctx,
                (stage, label) -> {
                  Text.write(stage, label, stream);
                  return true;
                });
  }

  /**
   * Runs a pipeline and writes its bytes into a file, in place of what is there.
   *
   * @param bytes the pipeline
   * @param file the file
   * @param ctx the context
   * @throws PipelineException if a stage fails, or writing does; the file then has a part
   * @throws ContextException if the context has ended, or ends before the values do
   * @throws InterruptedException if the thread is interrupted
   */
  public static void write(Pipeline<byte[]> bytes, Path file, Context ctx)
      throws InterruptedException {
    Objects.requireNonNull(file, "file");
    var _ =
        ((Described<byte[]>) bytes)
            .<Boolean>use(
                "write",
                ctx,
                (stage, label) -> {
                  Text.write(stage, label, () -> Files.newOutputStream(file));
                  return true;
                });
  }
}
