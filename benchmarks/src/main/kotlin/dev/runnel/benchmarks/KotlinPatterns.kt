package dev.runnel.benchmarks

import java.util.concurrent.atomic.LongAdder
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking

/** What [WorkerPoolBenchmark] and [BroadcastBenchmark] do, with Kotlin's coroutines. */
object KotlinPatterns {
  /** Jobs through workers; returns the sum of the results. */
  @JvmStatic
  fun pool(workers: Int, buffer: Int, jobs: Int): Long =
    runBlocking(Dispatchers.Default) {
      val todo = Channel<Int>(buffer)
      val results = Channel<Int>(buffer)
      launch {
        for (i in 0 until jobs) {
          todo.send(i)
        }
        todo.close()
      }
      launch {
        coroutineScope {
          repeat(workers) {
            launch {
              for (job in todo) {
                results.send(127 - (job and 127))
              }
            }
          }
        }
        results.close()
      }
      var sum = 0L
      for (result in results) {
        sum += result
      }
      sum
    }

  /** Values to all subscribers; returns how many were received in all. */
  @JvmStatic
  fun broadcast(subscribers: Int, buffer: Int, values: Int): Long {
    val received = LongAdder()
    runBlocking(Dispatchers.Default) {
      val all = List(subscribers) { Channel<Int>(buffer) }
      for (channel in all) {
        launch {
          var count = 0L
          for (value in channel) {
            count++
          }
          received.add(count)
        }
      }
      for (i in 0 until values) {
        for (channel in all) {
          channel.send(i and 127)
        }
      }
      all.forEach { it.close() }
    }
    return received.sum()
  }
}
