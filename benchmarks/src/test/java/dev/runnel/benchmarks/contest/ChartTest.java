package dev.runnel.benchmarks.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ChartTest {
  @Test
  void aSlowerPeerIsRightOfRunnelsLineAndAQuickerOneLeft() throws Exception {
    Contest contest = Contests.round(Contests.of("pair", "runnel", "go", "jox"), 10, 40, 5);
    Document chart = parsed(new Chart(List.of(contest)).toString());

    double one = lineOfOne(chart);
    assertThat(dot(chart, "Go, uncontended send + receive, buffer 64: 4.00×")).isGreaterThan(one);
    assertThat(dot(chart, "Jox, uncontended send + receive, buffer 64: 0.50×")).isLessThan(one);
  }

  @Test
  void whoHasNoFigureHasNoDot() throws Exception {
    Contest contest = Contests.round(Contests.of("pair", "runnel", "go"), 10, Double.NaN);

    // The one of the legend is left.
    assertThat(
            parsed(new Chart(List.of(contest)).toString())
                .getElementsByTagName("circle")
                .getLength())
        .isEqualTo(1);
  }

  /** Where Runnel's own line is, the thick one. */
  private static double lineOfOne(Document chart) {
    var lines = chart.getElementsByTagName("line");
    for (int i = 0; i < lines.getLength(); i++) {
      var width = lines.item(i).getAttributes().getNamedItem("stroke-width");
      if (width != null && width.getNodeValue().equals("2")) {
        return Double.parseDouble(lines.item(i).getAttributes().getNamedItem("x1").getNodeValue());
      }
    }
    throw new AssertionError("no thick line");
  }

  private static double dot(Document chart, String label) {
    var titles = chart.getElementsByTagName("title");
    for (int i = 0; i < titles.getLength(); i++) {
      if (titles.item(i).getTextContent().equals(label)) {
        var circle = titles.item(i).getParentNode();
        return Double.parseDouble(circle.getAttributes().getNamedItem("cx").getNodeValue());
      }
    }
    throw new AssertionError("no dot for " + label);
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
