package dev.runnel.interop.tck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.runnel.Context;
import dev.runnel.interop.Futures;
import dev.runnel.interop.GoroutineExecutor;
import dev.runnel.interop.Publishers;
import dev.runnel.interop.ReceivingSubscriber;
import dev.runnel.pipeline.Bytes;
import dev.runnel.pipeline.Pipeline;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The JDK's HTTP client sends a pipeline and receives into a channel. */
@Timeout(60)
class HttpTest {
  private final Context ctx = Context.background();
  private final GoroutineExecutor executor = GoroutineExecutor.open(ctx);
  private HttpServer server;

  /** A server whose answers are the questions in capitals. */
  @BeforeEach
  void serve() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(executor);
    server.createContext(
        "/",
        exchange -> {
          try (exchange;
              InputStream in = exchange.getRequestBody()) {
            exchange.sendResponseHeaders(200, 0);
            for (int b; (b = in.read()) >= 0; ) {
              exchange.getResponseBody().write(Character.toUpperCase(b));
            }
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    executor.close();
  }

  @Test
  void aRequestsBodyIsAPipelineAndItsResponsesAChannel() throws Exception {
    Pipeline<ByteBuffer> question =
        Pipeline.range(0, 2000).map(n -> ByteBuffer.wrap(("line " + n + "\n").getBytes(UTF_8)));
    ReceivingSubscriber<List<ByteBuffer>> answer = ReceivingSubscriber.create(4);
    try (HttpClient client = HttpClient.newBuilder().executor(executor).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/"))
              .POST(HttpRequest.BodyPublishers.fromPublisher(Publishers.of(question, ctx)))
              .build();
      var response =
          Futures.channel(client.sendAsync(request, BodyHandlers.fromSubscriber(answer)));
      List<String> lines =
          Pipeline.from(answer.channel())
              .mapConcat(List::copyOf)
              .map(HttpTest::bytes)
              .via(Bytes::decodeUtf8)
              .via(Bytes::lines)
              .toList(ctx);
      assertThat(lines).hasSize(2000).startsWith("LINE 0").endsWith("LINE 1999");
      assertThat(Objects.requireNonNull(response.receive()).statusCode()).isEqualTo(200);
    }
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
