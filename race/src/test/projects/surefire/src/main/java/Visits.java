/** Counts visits, wrongly. */
public final class Visits {
  private int count;

  /** Counts one. */
  public void visit() {
    count++;
  }

  /** How many there were. */
  public int count() {
    return count;
  }
}
