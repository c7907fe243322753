package dev.runnel.observe;

import static dev.runnel.Go.go;

import dev.runnel.Chan;
import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Prints what JMX knows before and after the first goroutine: see OutsideTest. */
final class BeanProgram {

  private BeanProgram() {}

  public static void main(String[] args) throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName(GoroutinesMXBean.NAME);
    System.out.println(server.isRegistered(name));
    Chan<Integer> channel = Chan.unbuffered();
    var reader = go("reader", () -> channel.receive());
    System.out.println(server.isRegistered(name));
    channel.close();
    reader.join();
  }
}
