package dev.runnel.benchmarks

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex

/** What [MutexBenchmark] does, with Kotlin's coroutines and their mutex. */
class KotlinMutex {
  private val mutex = Mutex()
  private var counter = 0

  /** One coroutine locks and unlocks [times] times. */
  fun alone(times: Int) = runBlocking {
    repeat(times) {
      mutex.lock()
      mutex.unlock()
    }
  }

  /** A number of [contenders] lock, count and unlock [times] times each; returns the count. */
  fun contended(contenders: Int, times: Int): Int {
    counter = 0
    runBlocking(Dispatchers.Default) {
      repeat(contenders) {
        launch {
          repeat(times) {
            mutex.lock()
            counter++
            mutex.unlock()
          }
        }
      }
    }
    return counter
  }
}
