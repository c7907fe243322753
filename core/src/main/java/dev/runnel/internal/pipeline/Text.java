package dev.runnel.internal.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.util.Arrays;
import java.util.concurrent.Callable;

/** Stages of bytes and of text. */
public final class Text {

  private Text() {}

  /** What is read from a stream that each run opens and closes. */
  public static Stage<byte[]> read(Callable<? extends InputStream> open, int most, Label label) {
    return out -> {
      InputStream stream = label.call(open);
      new Closing<>(stream, label)
          .around(() -> {
            Pace pace = Pace.current();
            byte[] buffer = new byte[most];
            int read;
            do {
              pace.check();
              read = label.<Integer>call(() -> stream.read(buffer));
            } while (read >= 0 && out.put(Arrays.copyOf(buffer, read)));
          });
    };
  }

  /** All bytes into a stream, opened for that and closed. */
  public static void write(Stage<byte[]> bytes, Label label, Callable<? extends OutputStream> open)
      throws Exception {
    OutputStream stream = label.call(open);
    new Closing<>(stream, label)
        .around(() -> Results.forEach(bytes, label, array -> stream.write(array)));
  }

  /** All bytes into a stream that others have opened. */
  public static void write(Stage<byte[]> bytes, Label label, OutputStream stream) throws Exception {
    Results.forEach(bytes, label, array -> stream.write(array));
    label.run(stream::flush);
  }

  /** The text that bytes are in a character set. */
  public static Stage<String> decode(Stage<byte[]> up, Label label, Charset charset) {
    return out -> {
      Decoding decoding = new Decoding(label, charset.newDecoder(), out);
      up.run(decoding);
      decoding.finish();
    };
  }

  private static final class Decoding implements Outlet<byte[]> {
    private final CharsetDecoder decoder; // reports what is malformed
    private final Label label;
    private final Gate<String> gate;

    /** The first bytes of a character whose others are still to come. */
    private byte[] begun = new byte[0];

    Decoding(Label label, CharsetDecoder decoder, Outlet<? super String> out) {
      this.decoder = decoder;
      this.label = label;
      this.gate = new Gate<>(out);
    }

    @Override
    public boolean put(byte[] bytes) throws Exception {
      String text = decode(bytes, false);
      return text.isEmpty() || gate.put(text);
    }

    void finish() throws Exception {
      if (gate.isOpen()) {
        String text = decode(new byte[0], true);
        if (!text.isEmpty()) {
          gate.put(text);
        }
      }
    }

    private String decode(byte[] bytes, boolean last) throws Exception {
      byte[] all = Arrays.copyOf(begun, begun.length + bytes.length);
      System.arraycopy(bytes, 0, all, begun.length, bytes.length);
      ByteBuffer from = ByteBuffer.wrap(all);
      CharBuffer to = CharBuffer.allocate(all.length + 1); // a byte makes one char at most
      CoderResult result = decoder.decode(from, to, last);
      if (result.isError()) {
        try {
          result.throwException();
        } catch (CharacterCodingException e) {
          throw label.failure(e);
        }
      }
      begun = Arrays.copyOfRange(all, from.position(), all.length);
      return to.flip().toString();
    }
  }

  /** The bytes of a text in UTF-8. */
  public static Stage<byte[]> encodeUtf8(Stage<String> up, Label label) {
    return out -> {
      Encoding encoding = new Encoding(label, out);
      up.run(encoding);
      encoding.finish();
    };
  }

  private static final class Encoding implements Outlet<String> {
    private final CharsetEncoder encoder = UTF_8.newEncoder(); // reports what is malformed
    private final Label label;
    private final Gate<byte[]> gate;

    /** The first half of a pair whose second is still to come. */
    private String begun = "";

    Encoding(Label label, Outlet<? super byte[]> out) {
      this.label = label;
      this.gate = new Gate<>(out);
    }

    @Override
    public boolean put(String part) throws Exception {
      String all = begun + part;
      int end = all.length();
      if (end > 0 && Character.isHighSurrogate(all.charAt(end - 1))) {
        end--;
      }
      begun = all.substring(end);
      return end == 0 || gate.put(bytes(all.substring(0, end)));
    }

    void finish() throws Exception {
      if (gate.isOpen() && !begun.isEmpty()) {
        gate.put(bytes(begun));
      }
    }

    private byte[] bytes(String text) throws Exception {
      try {
        ByteBuffer encoded = encoder.encode(CharBuffer.wrap(text));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
      } catch (CharacterCodingException e) {
        throw label.failure(e);
      }
    }
  }

  /** The lines of a text. */
  public static Stage<String> lines(Stage<String> up) {
    return out -> {
      Lines lines = new Lines(out);
      up.run(lines);
      lines.finish();
    };
  }

  private static final class Lines implements Outlet<String> {
    private final Gate<String> gate;
    private final StringBuilder line = new StringBuilder();
    private boolean afterReturn;

    Lines(Outlet<? super String> out) {
      this.gate = new Gate<>(out);
    }

    @Override
    public boolean put(String part) throws Exception {
      for (int i = 0; i < part.length(); i++) {
        char c = part.charAt(i);
        boolean second = afterReturn && c == '\n'; // the line has gone on with the first
        afterReturn = c == '\r';
        if (second) {
          continue;
        }
        if (c != '\n' && c != '\r') {
          line.append(c);
        } else if (!flush()) {
          return false;
        }
      }
      return true;
    }

    private boolean flush() throws Exception {
      String whole = line.toString();
      line.setLength(0);
      return gate.put(whole);
    }

    void finish() throws Exception {
      if (!line.isEmpty() && gate.isOpen()) {
        flush();
      }
    }
  }
}
