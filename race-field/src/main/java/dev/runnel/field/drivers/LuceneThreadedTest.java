package dev.runnel.field.drivers;

import com.carrotsearch.randomizedtesting.annotations.ThreadLeakScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.tests.index.ThreadedIndexingAndSearchingTestCase;
import org.jspecify.annotations.Nullable;
import org.junit.Test;
import org.junit.runner.JUnitCore;
import org.junit.runner.Result;

/** Lucene's own test of threads that index and search at once, which it publishes half made. */
@ThreadLeakScope(ThreadLeakScope.Scope.NONE)
public final class LuceneThreadedTest extends ThreadedIndexingAndSearchingTestCase {
  private static final int REOPENS = 50;
  private static final int SEARCHES = 100;

  private @Nullable SearcherManager searchers;

  public static void main(String[] args) {
    Result result = JUnitCore.runClasses(LuceneThreadedTest.class);
    result.getFailures().forEach(f -> System.out.println(f.getTrace()));
    Crew.check(result.wasSuccessful() && result.getRunCount() > 0, "Lucene's test failed");
  }

  @Test
  public void testThreads() throws Exception {
    runTest("LuceneThreadedTest");
  }

  private SearcherManager searchers() {
    SearcherManager made = searchers;
    if (made == null) {
      throw new IllegalStateException("not begun");
    }
    return made;
  }

  @Override
  protected void doAfterWriter(ExecutorService es) throws Exception {
    searchers = new SearcherManager(writer, true, false, new SearcherFactory());
  }

  @Override
  protected void doSearching(ExecutorService es, int maxIterations) throws Exception {
    Thread reopen =
        new Thread(() -> {
          try {
            for (int i = 0; i < Math.min(maxIterations, REOPENS); i++) {
              searchers().maybeRefreshBlocking();
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    reopen.start();
    runSearchThreads(Math.min(maxIterations, SEARCHES));
    reopen.join();
  }

  @Override
  protected IndexSearcher getCurrentSearcher() throws Exception {
    return searchers().acquire();
  }

  @Override
  protected void releaseSearcher(IndexSearcher searcher) throws Exception {
    searchers().release(searcher);
  }

  @Override
  protected IndexSearcher getFinalSearcher() throws Exception {
    searchers().maybeRefreshBlocking();
    return searchers().acquire();
  }

  @Override
  protected void doClose() throws Exception {
    searchers().close();
  }
}
