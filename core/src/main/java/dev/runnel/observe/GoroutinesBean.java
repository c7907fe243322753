package dev.runnel.observe;

import dev.runnel.internal.goroutine.Registry;
import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The bean. Nothing else of Runnel knows of {@code java.management}, which a program may lack; it
 * is loaded only to register this.
 */
final class GoroutinesBean implements GoroutinesMXBean {

  private GoroutinesBean() {}

  static void register() {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      server.registerMBean(new GoroutinesBean(), new ObjectName(NAME));
    } catch (InstanceAlreadyExistsException again) {
      // That one is as good.
    } catch (JMException e) {
      throw new IllegalStateException("can't register " + NAME, e);
    }
  }

  @Override
  public String dump() {
    return Goroutines.dump().toString();
  }

  @Override
  public String dumpJson() {
    return Goroutines.dump().toJson();
  }

  @Override
  public String[] deadlocks() {
    return LockDeadlock.find().stream().map(LockDeadlock::toString).toArray(String[]::new);
  }

  @Override
  public int getCount() {
    return Registry.live().size();
  }

  @Override
  public boolean isTracking() {
    return Registry.tracking();
  }

  @Override
  public void setTracking(boolean on) {
    Registry.tracking(on);
  }
}
