package dev.runnel.testing.internal;

import dev.runnel.internal.park.SpinLock;

/** The lock of a bubble's state. Nothing is called under it that takes a lock of Runnel's. */
final class StateLock extends SpinLock {

  StateLock() {}
}
