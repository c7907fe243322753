package dev.runnel.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.Chan;
import dev.runnel.Overflow;
import dev.runnel.sync.WaitGroup;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the guide shows instead of sync/atomic, sync.Map and sync.Pool. */
@Timeout(60)
class JucSnippetsTest {

  @Test
  void atomics() throws InterruptedException {
    var all = new WaitGroup();
    var hits = new LongAdder();
    var state = new AtomicInteger();
    var config = new AtomicReference<>("old");
    var next = new AtomicLong();
    for (int i = 0; i < 10; i++) {
      var _ =
          all.go(() -> {
            hits.increment();
            long ticket = next.incrementAndGet();
            assertThat(ticket).isBetween(1L, 10L);
            if (state.compareAndSet(0, 1)) {
              config.set("new");
            }
          });
    }
    all.await();
    assertThat(hits.sum()).isEqualTo(10);
    assertThat(config.get()).isEqualTo("new");
  }

  @Test
  @SuppressWarnings("UnnecessaryAsync") // what it shows is the map
  void maps() {
    var users = new ConcurrentHashMap<Integer, String>();
    users.put(7, "ann");
    String there = users.get(7);
    String loaded = users.putIfAbsent(7, "bob");
    String made = users.computeIfAbsent(8, id -> "user " + id);
    users.merge(8, "!", String::concat);
    String removed = users.remove(8);
    assertThat(there).isEqualTo("ann");
    assertThat(loaded).isEqualTo("ann");
    assertThat(made).isEqualTo("user 8");
    assertThat(removed).isEqualTo("user 8!");
  }

  @Test
  void pools() {
    Chan<ByteBuffer> pool = Chan.buffered(16, Overflow.DROP_LATEST);
    ByteBuffer pooled = pool.tryReceive().orNull();
    ByteBuffer buffer = pooled != null ? pooled : ByteBuffer.allocateDirect(64 * 1024);
    buffer.clear();
    pool.trySend(buffer);
    assertThat(pool.tryReceive().orNull()).isSameAs(buffer);
  }
}
