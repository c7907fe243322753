package dev.runnel.field.drivers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;

/** Lucene: threads that add, update and delete; merges; and searchers of what is just written. */
final class LuceneIndexes {
  private static final String[] WORDS = {"race", "lock", "thread", "queue", "merge", "field"};

  private LuceneIndexes() {}

  public static void main(String[] args) throws Exception {
    try (Directory memory = new ByteBuffersDirectory()) {
      index(memory);
    }
    Path folder = Files.createTempDirectory("field-lucene");
    try (Directory files = FSDirectory.open(folder)) {
      index(files);
    } finally {
      IOUtils.rm(folder);
    }
  }

  private static void index(Directory directory) throws Exception {
    IndexWriterConfig config = new IndexWriterConfig(new StandardAnalyzer());
    config.setMaxBufferedDocs(20);
    config.setUseCompoundFile(false);
    try (IndexWriter writer = new IndexWriter(directory, config);
        SearcherManager searchers = new SearcherManager(writer, new SearcherFactory())) {
      Crew.work(
          random -> write(writer, random),
          random -> write(writer, random),
          random -> search(searchers, random),
          random -> search(searchers, random),
          random -> {
            searchers.maybeRefreshBlocking();
            if (random.nextInt(20) == 0) {
              writer.commit();
            }
          });
      writer.forceMerge(1);
      searchers.maybeRefreshBlocking();
      search(searchers, new SplittableRandom(1));
    }
  }

  private static void write(IndexWriter writer, SplittableRandom random) throws Exception {
    String id = Integer.toString(random.nextInt(200));
    if (random.nextInt(10) == 0) {
      writer.deleteDocuments(new Term("id", id));
      return;
    }
    if (random.nextInt(10) == 0) {
      writer.updateNumericDocValue(new Term("id", id), "rank", random.nextInt(100));
      return;
    }
    Document document = new Document();
    document.add(new StringField("id", id, Field.Store.YES));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
    }
    document.add(new TextField("text", text.toString(), Field.Store.YES));
    document.add(new IntPoint("number", random.nextInt(100)));
    document.add(new NumericDocValuesField("rank", random.nextInt(100)));
    float[] vector = {(float) random.nextDouble(), (float) random.nextDouble(), 1};
    document.add(new KnnFloatVectorField("vector", vector));
    writer.updateDocument(new Term("id", id), document);
  }

  private static void search(SearcherManager searchers, SplittableRandom random) throws Exception {
    IndexSearcher searcher = searchers.acquire();
    try {
      Query query =
          switch (random.nextInt(3)) {
            case 0 -> IntPoint.newRangeQuery("number", 10, 60);
            case 1 -> new KnnFloatVectorQuery("vector", new float[] {0.5f, 0.5f, 1}, 3);
            default ->
                new BooleanQuery.Builder()
                    .add(word(random), BooleanClause.Occur.MUST)
                    .add(word(random), BooleanClause.Occur.SHOULD)
                    .build();
          };
      Sort sort = new Sort(new SortField("rank", SortField.Type.INT));
      TopDocs found =
          random.nextBoolean() ? searcher.search(query, 5) : searcher.search(query, 5, sort);
      for (var hit : found.scoreDocs) {
        Document document = searcher.storedFields().document(hit.doc);
        Crew.check(document.get("id") != null, "a document without its id");
      }
    } finally {
      searchers.release(searcher);
    }
  }

  private static Query word(SplittableRandom random) {
    return new TermQuery(new Term("text", WORDS[random.nextInt(WORDS.length)]));
  }
}
