import dev.runnel.*;
import dev.runnel.sync.*;
import static dev.runnel.Go.go;
import static dev.runnel.Select.*;
import static java.time.Duration.*;
