package dev.runnel.benchmarks.race;

import java.io.IOException;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/** Lucene: threads put documents into one index, in memory, and then search it. */
final class SearchLoad implements Load {
  private static final int DOCUMENTS = 40;
  private static final int SEARCHES = 20;
  private static final String[] WORDS = {
    "channel",
    "goroutine",
    "thread",
    "select",
    "buffer",
    "mutex",
    "context",
    "timer",
    "lock",
    "worker",
    "pool",
    "value",
    "sender",
    "receiver",
    "race",
    "detector",
    "clock",
    "tick",
    "memory"
  };

  private final Crew crew = new Crew();

  @Override
  public void piece() throws Exception {
    try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
      try (IndexWriter writer =
          new IndexWriter(directory, new IndexWriterConfig(new StandardAnalyzer()))) {
        Crew.expect((long) Crew.THREADS * DOCUMENTS, crew.sum(number -> index(writer, number)));
        writer.commit();
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        long all = (long) Crew.THREADS * Crew.THREADS * SEARCHES;
        Crew.expect(all * DOCUMENTS / 2, crew.sum(_ -> search(searcher)));
      }
    }
  }

  private static long index(IndexWriter writer, int number) throws IOException {
    for (int i = 0; i < DOCUMENTS; i++) {
      StringBuilder text = new StringBuilder(i % 2 == 0 ? "even" : "odd");
      for (int j = 0; j < 60; j++) {
        text.append(' ').append(WORDS[(i * 7 + j * j + number) % WORDS.length]);
      }
      Document document = new Document();
      document.add(new StringField("id", number + "-" + i, Field.Store.YES));
      document.add(new TextField("text", text.toString(), Field.Store.NO));
      writer.addDocument(document);
    }
    return DOCUMENTS;
  }

  private static long search(IndexSearcher searcher) throws IOException {
    long found = 0;
    for (int i = 0; i < SEARCHES; i++) {
      TermQuery word = new TermQuery(new Term("text", WORDS[i % WORDS.length]));
      TermQuery even = new TermQuery(new Term("text", "even"));
      BooleanQuery both =
          new BooleanQuery.Builder()
              .add(even, BooleanClause.Occur.MUST)
              .add(word, BooleanClause.Occur.SHOULD)
              .build();
      found += searcher.search(both, 10_000).totalHits.value();
    }
    return found;
  }

  @Override
  public void close() {
    crew.close();
  }
}
