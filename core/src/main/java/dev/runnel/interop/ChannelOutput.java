package dev.runnel.interop;

import dev.runnel.ChannelClosedException;
import dev.runnel.SendChan;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/** An output stream that sends on a channel. */
final class ChannelOutput extends OutputStream {
  private final SendChan<byte[]> chunks;
  private final byte[] buffer;
  private int count;
  private boolean closed;

  ChannelOutput(SendChan<byte[]> chunks, int size) {
    this.chunks = chunks;
    this.buffer = new byte[size];
  }

  @Override
  public void write(int b) throws IOException {
    ensureOpen();
    if (count == buffer.length) {
      sendBuffer();
    }
    buffer[count++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    ensureOpen();
    int from = offset;
    int left = length;
    while (left > 0) {
      if (count == buffer.length) {
        sendBuffer();
      }
      int n = Math.min(left, buffer.length - count);
      System.arraycopy(bytes, from, buffer, count, n);
      count += n;
      from += n;
      left -= n;
    }
  }

  @Override
  public void flush() throws IOException {
    ensureOpen();
    sendBuffer();
  }

  private void sendBuffer() throws IOException {
    if (count == 0) {
      return;
    }
    try {
      chunks.send(Arrays.copyOf(buffer, count));
      count = 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted while writing").initCause(e);
    } catch (ChannelClosedException e) {
      throw new IOException("nobody receives the bytes any more", e);
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
    try {
      sendBuffer();
    } catch (IOException e) {
      chunks.fail(e); // the last bytes are missing: this must not look like the end
      throw e;
    }
    try {
      chunks.close();
    } catch (ChannelClosedException ended) {
      // Somebody else has ended the channel, when all bytes had gone: that end stands.
    }
  }

  @Override
  public String toString() {
    return "output stream to " + chunks;
  }
}
