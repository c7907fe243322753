package dev.runnel.interop;

import dev.runnel.Context;
import dev.runnel.ReceiveChan;
import dev.runnel.SendChan;
import dev.runnel.pattern.Feed;
import dev.runnel.pattern.Generators;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * Channels of bytes as streams of {@code java.io}, and the other way round. Bytes come in arrays of
 * any length. In pipelines there is {@link dev.runnel.pipeline.Bytes}.
 *
 * {@snippet class="dev.runnel.snippets.InteropSnippetsTest" region="bytes"}
 *
 * <p>Reading and writing wait as receiving and sending do. An interrupt ends that with an {@link
 * java.io.InterruptedIOException}, with the interrupt flag set again.
 */
public final class ByteStreams {

  private ByteStreams() {}

  /**
   * What is received from a channel as an input stream, for one thread at a time.
   *
   * @param chunks the channel; its end is the end of the stream, its failure the cause of an {@link
   *     java.io.IOException} of each read. The arrays are the stream's from then on
   * @return the stream; closing it closes the channel if that is an {@link AutoCloseable}, like a
   *     {@link Feed}, and so stops what sends
   * @throws NullPointerException if the channel is null
   */
  public static InputStream input(ReceiveChan<byte[]> chunks) {
    return new ChannelInput(Objects.requireNonNull(chunks, "chunks"));
  }

  /**
   * An output stream that sends on a channel, for one thread at a time.
   *
   * <p>Closing it says that the bytes are complete. Who can't complete them fails the channel
   * first, as {@link SendChan#fail} does; closing the stream then throws if bytes are left in it.
   *
   * @param chunks the channel, which closing the stream closes. Once that has ended otherwise,
   *     writing throws {@link java.io.IOException}
   * @param size how many bytes are collected before they are sent
   * @return the stream
   * @throws IllegalArgumentException if the size is less than 1
   * @throws NullPointerException if the channel is null
   */
  public static OutputStream output(SendChan<byte[]> chunks, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("bytes are sent by at least 1, not " + size);
    }
    return new ChannelOutput(Objects.requireNonNull(chunks, "chunks"), size);
  }

  /**
   * The bytes of an input stream as a channel. Where reading can't be interrupted (as with {@code
   * System.in}), the goroutine ends only after the next bytes.
   *
   * @param stream the stream, read and then closed by the feed's goroutine
   * @param size how many bytes are read at a time at most
   * @param ctx the context
   * @return a feed of what each read brings; it fails if reading or closing does
   * @throws IllegalArgumentException if the size is less than 1
   * @throws NullPointerException if an argument is null
   */
  public static Feed<byte[]> receive(InputStream stream, int size, Context ctx) {
    Objects.requireNonNull(stream, "stream");
    if (size < 1) {
      throw new IllegalArgumentException("bytes are read by at least 1, not " + size);
    }
    return Generators.produce(
        ctx,
        out -> {
          try (stream) {
            byte[] buffer = new byte[size];
            for (int n; (n = stream.read(buffer)) >= 0; ) {
              out.send(Arrays.copyOf(buffer, n));
            }
          }
        });
  }
}
