import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.hadoop.hive.serde2.AbstractSerDe;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.util.LineReader;

/**
 * Reads a table from standard input as Hive does: Hadoop finds the lines, the SerDe the cells. Prints a line for each row:
 * its cells in Base64 after `=`, or `-` for null.
 * Arguments: class of the SerDe, number of header lines, then each property as NAME=VALUE.
 */
class ReadTable {
  public static void main(String[] arguments) throws Exception {
    Properties table = new Properties();
    for (int i = 2; i < arguments.length; i++) {
      String[] property = arguments[i].split("=", 2);
      table.setProperty(property[0], property[1]);
    }
    AbstractSerDe serde =
        Class.forName(arguments[0]).asSubclass(AbstractSerDe.class).getDeclaredConstructor().newInstance();
    serde.initialize(null, table);

    LineReader lines = new LineReader(System.in);
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8.name());
    int header = Integer.parseInt(arguments[1]);
    Text line = new Text();
    for (int number = 0; lines.readLine(line) > 0; number++) {
      if (number < header) continue;
      List<?> cells = (List<?>) serde.deserialize(line);
      out.println(cells.stream().map(ReadTable::encoded).collect(Collectors.joining(" ")));
    }
    out.flush();
  }

  private static String encoded(Object cell) {
    if (cell == null) return "-";
    return "=" + Base64.getEncoder().encodeToString(cell.toString().getBytes(StandardCharsets.UTF_8));
  }
}
