package dev.runnel.benchmarks

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.fold
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.runBlocking

/** What [PipelineBenchmark] does, with Kotlin's flows. */
object KotlinFlows {
  /** Ten stages; returns the sum of what comes out. */
  @JvmStatic
  fun tenStages(values: List<Int>): Long = runBlocking {
    values
      .asFlow()
      .map { (it + 1) and 127 }
      .filter { it >= 0 }
      .map { (it + 3) and 127 }
      .filter { it < 128 }
      .map { (it + 5) and 127 }
      .filter { it != -1 }
      .map { (it + 7) and 127 }
      .filter { it != 200 }
      .map { (it + 9) and 127 }
      .take(values.size)
      .fold(0L) { sum, value -> sum + value }
  }

  /** A boundary between two coroutines; returns the sum of what comes out. */
  @JvmStatic
  fun boundary(values: List<Int>, capacity: Int): Long =
    runBlocking(Dispatchers.Default) {
      values.asFlow().buffer(capacity).fold(0L) { sum, value -> sum + value }
    }
}
