package dev.runnel.benchmarks.contest;

import java.util.List;
import java.util.Locale;

/**
 * A picture of the speed workloads: a line for each, on it a dot for each peer, at its time as a
 * multiple of Runnel's, on a logarithmic scale. What stands right of the line of 1 is slower than
 * Runnel.
 */
final class Chart {
  private static final String RUNNEL = "runnel";
  private static final List<String> COLOURS =
      List.of("#00829b", "#8f4bb3", "#c77700", "#4d7c0f", "#b3344b", "#555555");

  private static final int LEFT = 290;
  private static final int RIGHT = 30;
  private static final int TOP = 66;
  private static final int ROW = 24;
  private static final int BOTTOM = 34;
  private static final int WIDTH = 960;
  private static final int RADIUS = 5;

  /** The ends of the scale; a dot beyond them is put there. */
  private static final double LEAST = 1.0 / 4;

  private static final double MOST = 64;

  private final List<Contest> rows;
  private final List<String> peers;

  Chart(List<Contest> contests) {
    this.rows =
        contests.stream()
            .filter(contest -> contest.workload().group() == Group.SPEED)
            .filter(contest -> contest.has(RUNNEL))
            .toList();
    this.peers =
        rows.stream()
            .flatMap(contest -> contest.names().stream())
            .distinct()
            .filter(name -> !name.equals(RUNNEL))
            .toList();
  }

  /** It, as SVG. */
  @Override
  public String toString() {
    int height = TOP + ROW * rows.size() + BOTTOM;
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
        <title>Each peer's time as a multiple of Runnel's</title>
        <rect width="100%%" height="100%%" fill="#ffffff"/>
        <text x="12" y="22" font-size="15" font-weight="bold" fill="#222222">Time per operation ÷ Runnel's (right of 1×: slower than Runnel)</text>
        """
            .formatted(WIDTH, height));
    legend(svg);
    grid(svg, height);
    for (int i = 0; i < rows.size(); i++) {
      row(svg, rows.get(i), TOP + ROW * i + ROW / 2);
    }
    return svg.append("</svg>\n").toString();
  }

  private void legend(StringBuilder svg) {
    int x = LEFT;
    for (String peer : peers) {
      svg.append(dot(x, 42, colour(peer), ""));
      svg.append(text(x + 10, 46, "start", "#222222", Peers.title(peer)));
      x += 110;
    }
  }

  private static void grid(StringBuilder svg, int height) {
    for (double ratio = LEAST; ratio <= MOST; ratio *= 2) {
      boolean runnel = ratio == 1;
      svg.append(
          "<line x1=\"%1$s\" x2=\"%1$s\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"%4$s\" stroke-width=\"%5$d\"/>\n"
              .formatted(
                  at(ratio), TOP, height - BOTTOM, runnel ? "#222222" : "#dddddd", runnel ? 2 : 1));
      String label = ratio < 1 ? "1/" + Math.round(1 / ratio) : Math.round(ratio) + "×";
      svg.append(text(x(ratio), height - BOTTOM + 18, "middle", "#555555", label));
    }
  }

  private void row(StringBuilder svg, Contest contest, int y) {
    svg.append(text(LEFT - 12, y + 4, "end", "#222222", contest.workload().title()));
    svg.append(
        "<line x1=\"%d\" x2=\"%d\" y1=\"%3$d\" y2=\"%3$d\" stroke=\"#eeeeee\"/>\n"
            .formatted(LEFT, WIDTH - RIGHT, y));
    for (String peer : peers) {
      double ratio = Statistics.median(contest.ratios(peer, RUNNEL));
      if (!Double.isNaN(ratio)) {
        String label =
            "%s, %s: %s×"
                .formatted(Peers.title(peer), contest.workload().title(), Statistics.number(ratio));
        svg.append(dot(x(ratio), y, colour(peer), label));
      }
    }
  }

  private static double x(double ratio) {
    double bounded = Math.clamp(ratio, LEAST, MOST);
    double part = Math.log(bounded / LEAST) / Math.log(MOST / LEAST);
    return LEFT + part * (WIDTH - LEFT - RIGHT);
  }

  private static String at(double ratio) {
    return coordinate(x(ratio));
  }

  private static String coordinate(double x) {
    return String.format(Locale.ROOT, "%.1f", x);
  }

  private String colour(String peer) {
    return COLOURS.get(peers.indexOf(peer) % COLOURS.size());
  }

  private static String dot(double x, int y, String colour, String label) {
    return "<circle cx=\"%s\" cy=\"%d\" r=\"%d\" fill=\"%s\"><title>%s</title></circle>\n"
        .formatted(coordinate(x), y, RADIUS, colour, escaped(label));
  }

  private static String text(double x, int y, String anchor, String colour, String text) {
    return "<text x=\"%s\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n"
        .formatted(coordinate(x), y, anchor, colour, escaped(text));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
