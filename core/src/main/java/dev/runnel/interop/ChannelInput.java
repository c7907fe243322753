package dev.runnel.interop;

import dev.runnel.ChannelFailedException;
import dev.runnel.ReceiveChan;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is received from a channel as an input stream. */
final class ChannelInput extends InputStream {
  private static final byte[] NOTHING = {};

  private final ReceiveChan<byte[]> chunks;
  private byte[] chunk = NOTHING;
  private int position;
  private boolean closed;

  ChannelInput(ReceiveChan<byte[]> chunks) {
    this.chunks = chunks;
  }

  @Override
  public int read() throws IOException {
    return more() ? chunk[position++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      ensureOpen();
      return 0;
    }
    if (!more()) {
      return -1;
    }
    int n = Math.min(length, chunk.length - position);
    System.arraycopy(chunk, position, into, offset, n);
    position += n;
    return n;
  }

  @Override
  public int available() throws IOException {
    ensureOpen();
    return chunk.length - position;
  }

  /** Sees to it that there is a byte in the chunk; false at the end. */
  private boolean more() throws IOException {
    ensureOpen();
    while (position == chunk.length) {
      byte[] next = receive();
      if (next == null) {
        return false;
      }
      chunk = next;
      position = 0;
    }
    return true;
  }

  private byte @Nullable [] receive() throws IOException {
    try {
      return chunks.receive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted while reading").initCause(e);
    } catch (ChannelFailedException e) {
      throw new IOException("the bytes are not complete", e.getCause());
    }
  }

  private void ensureOpen() throws IOException {
    if (closed) {
      throw new IOException("the stream is closed");
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    chunk = NOTHING;
    position = 0;
    if (chunks instanceof AutoCloseable feed) {
      try {
        feed.close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException("the sender can't be stopped", e);
      }
    }
  }

  @Override
  public String toString() {
    return "input stream from " + chunks;
  }
}
