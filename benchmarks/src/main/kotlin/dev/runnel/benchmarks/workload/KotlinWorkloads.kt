package dev.runnel.benchmarks.workload

import java.util.concurrent.atomic.AtomicLong
import java.util.function.LongUnaryOperator
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.DelicateCoroutinesApi
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.GlobalScope
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.selects.select
import kotlinx.coroutines.sync.Mutex

private const val BUFFER = 100
private const val VALUES = 0x7f

/**
 * The workloads of [Workloads], with Kotlin's coroutines on their default dispatcher. Their
 * cancellation is built in, so a plain receive is their receive under a context.
 */
class KotlinWorkloads {

  /** A workload, which does as many operations as it is told to; null if Kotlin has it not. */
  fun named(name: String): LongUnaryOperator? =
      when (name) {
        "pair" -> body(::pair)
        "try" -> body(::tries)
        "1to1",
        "receive-ctx" -> body { pairs(1, 0, it) }
        "1to1-b100",
        "receive-ctx-b100" -> body { pairs(1, BUFFER, it) }
        "4to4" -> body { pairs(4, 0, it) }
        "4to4-b100" -> body { pairs(4, BUFFER, it) }
        "1000to1000" -> body { pairs(1_000, 0, it) }
        "1000to1000-b100" -> body { pairs(1_000, BUFFER, it) }
        "ping-pong" -> body(::pingPong)
        "chain-100" -> chain(100)
        "chain-10000" -> chain(10_000)
        "chain-100000" -> chain(100_000)
        "select-done",
        "select-handlers" -> body { receiveOrDone(0, it) }
        "select-done-b100",
        "select-handlers-b100" -> body { receiveOrDone(BUFFER, it) }
        "select-4" -> body { selectOfFour(0, it) }
        "select-4-b100" -> body { selectOfFour(BUFFER, it) }
        "batch" -> body(::batches)
        "pool" -> body(::pool)
        "spawn" -> body(::spawn)
        "mutex" -> body(::mutex)
        else -> null
      }

  private fun body(run: (Long) -> Long) = LongUnaryOperator(run)

  /** Runs it, and returns when all that it launched have ended. */
  private fun all(block: suspend CoroutineScope.() -> Unit) =
      runBlocking(Dispatchers.Default, block)

  private fun value(i: Long) = i.toInt() and VALUES

  private fun sum(n: Long) = n / 128 * (127 * 64) + n % 128 * (n % 128 - 1) / 2

  private fun check(counted: Long, expected: Long) =
      check(counted == expected) { "counted $counted instead of $expected" }

  private suspend fun send(channel: Channel<Int>, n: Long) {
    for (i in 0 until n) channel.send(value(i))
  }

  private fun pair(n: Long): Long {
    val channel = Channel<Int>(64)
    all {
      launch {
        var sum = 0L
        for (i in 0 until n) {
          channel.send(value(i))
          sum += channel.receive()
        }
        check(sum, sum(n))
      }
    }
    return n
  }

  private fun tries(n: Long): Long {
    val channel = Channel<Int>(64)
    all {
      launch {
        var sum = 0L
        for (i in 0 until n) {
          check(channel.trySend(value(i)).isSuccess) { "nobody else is here to refuse for" }
          sum += channel.tryReceive().getOrThrow()
        }
        check(sum, sum(n))
      }
    }
    return n
  }

  private fun pairs(count: Int, capacity: Int, n: Long): Long {
    val each = (n + count - 1) / count
    val channel = Channel<Int>(capacity)
    val total = AtomicLong()
    all {
      repeat(count) { launch { send(channel, each) } }
      repeat(count) {
        launch {
          var sum = 0L
          for (i in 0 until each) sum += channel.receive()
          total.addAndGet(sum)
        }
      }
    }
    check(total.get(), count * sum(each))
    return count * each
  }

  private fun pingPong(n: Long): Long {
    val there = Channel<Int>()
    val back = Channel<Int>()
    all {
      launch {
        for (i in 0 until n) {
          there.send(value(i))
          check(back.receive() == value(i)) { "not what was sent" }
        }
      }
      launch { for (i in 0 until n) back.send(there.receive()) }
    }
    return n
  }

  @OptIn(DelicateCoroutinesApi::class) // it lives as long as the process
  private fun chain(length: Int): LongUnaryOperator {
    val first = Channel<Int>()
    var last = first
    repeat(length) {
      val from = last
      val to = Channel<Int>()
      GlobalScope.launch { while (true) to.send(from.receive()) }
      last = to
    }
    return body { n ->
      val values = maxOf(20, n / length)
      all {
        launch { send(first, values) }
        launch {
          for (i in 0 until values) check(last.receive() == value(i)) { "out of order" }
        }
      }
      values * length
    }
  }

  private fun receiveOrDone(capacity: Int, n: Long): Long {
    val channel = Channel<Int>(capacity)
    val done = Channel<Unit>()
    all {
      launch { send(channel, n) }
      launch {
        var sum = 0L
        for (i in 0 until n) {
          sum +=
              select<Int> {
                channel.onReceive { it }
                done.onReceiveCatching { error("done") }
              }
        }
        check(sum, sum(n))
      }
    }
    return n
  }

  private fun selectOfFour(capacity: Int, n: Long): Long {
    val each = (n + 3) / 4
    val a = Channel<Int>(capacity)
    val b = Channel<Int>(capacity)
    val c = Channel<Int>(capacity)
    val d = Channel<Int>(capacity)
    all {
      for (channel in listOf(a, b, c, d)) launch { send(channel, each) }
      launch {
        var sum = 0L
        for (i in 0 until 4 * each) {
          sum +=
              select<Int> {
                a.onReceive { it }
                b.onReceive { it }
                c.onReceive { it }
                d.onReceive { it }
              }
        }
        check(sum, 4 * sum(each))
      }
    }
    return 4 * each
  }

  private fun batches(n: Long): Long {
    val channel = Channel<Int>(BUFFER)
    all {
      launch { send(channel, n) }
      launch {
        val batch = ArrayList<Int>(BUFFER)
        var sum = 0L
        var left = n
        while (left > 0) {
          batch.clear()
          batch.add(channel.receive())
          while (batch.size < BUFFER) batch.add(channel.tryReceive().getOrNull() ?: break)
          for (value in batch) sum += value
          left -= batch.size
        }
        check(sum, sum(n))
      }
    }
    return n
  }

  private fun pool(n: Long): Long {
    val workers = 5
    val each = (n + workers - 1) / workers
    val jobs = Channel<Int>(BUFFER)
    val results = Channel<Int>(BUFFER)
    all {
      launch { send(jobs, workers * each) }
      repeat(workers) {
        launch { for (i in 0 until each) results.send(127 - jobs.receive()) }
      }
      launch {
        var sum = 0L
        for (i in 0 until workers * each) sum += results.receive()
        check(sum, 127 * workers * each - sum(workers * each))
      }
    }
    return workers * each
  }

  private fun spawn(n: Long): Long {
    val count = 10_000
    var done = 0L
    while (done < n) {
      all { repeat(count) { launch {} } }
      done += count
    }
    return done
  }

  private fun mutex(n: Long): Long {
    val contenders = 8
    val each = (n + contenders - 1) / contenders
    val mutex = Mutex()
    var counter = 0L
    all {
      repeat(contenders) {
        launch {
          for (i in 0 until each) {
            mutex.lock()
            counter++
            mutex.unlock()
          }
        }
      }
    }
    check(counter, contenders * each)
    return contenders * each
  }
}
