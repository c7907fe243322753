package dev.runnel.benchmarks.workload

import java.util.concurrent.CountDownLatch
import kotlinx.coroutines.DelicateCoroutinesApi
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.GlobalScope
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield

/** Many coroutines that wait at one channel. */
@OptIn(DelicateCoroutinesApi::class) // they live until they are dismissed
class KotlinCrowd {
  private var channel = Channel<Int>()
  private var ended = CountDownLatch(0)

  /** Starts so many, and returns when all have come. */
  fun gather(count: Int) {
    val here = Channel<Int>()
    val come = CountDownLatch(count)
    val gone = CountDownLatch(count)
    repeat(count) {
      GlobalScope.launch {
        come.countDown()
        here.receiveCatching()
        gone.countDown()
      }
    }
    channel = here
    ended = gone
    come.await()
  }

  /** Closes the channel, and returns when all have ended. */
  fun dismiss() {
    channel.close()
    ended.await()
  }
}

/** Many coroutines of which each has two channels. */
@OptIn(DelicateCoroutinesApi::class) // they live until they are dismissed
class KotlinPairsCrowd {
  private val questions = ArrayList<Channel<Int>>()
  private val answers = ArrayList<Channel<Int>>()

  /** Starts so many, and returns when all have come. */
  fun gather(count: Int) {
    val come = CountDownLatch(count)
    repeat(count) {
      val question = Channel<Int>()
      val answer = Channel<Int>()
      questions.add(question)
      answers.add(answer)
      GlobalScope.launch {
        come.countDown()
        answer.send(question.receive())
      }
    }
    come.await()
  }

  /** Asks all, and returns when all have answered. */
  fun dismiss() {
    runBlocking(Dispatchers.Default) {
      launch { for (question in questions) question.send(1) }
      launch { for (answer in answers) check(answer.receive() == 1) { "not what was sent" } }
    }
    questions.clear()
    answers.clear()
  }
}

/** A channel at which messages arrive at a pace. */
class KotlinPace {
  /** Sends and receives so many, with a pause before each. */
  fun run(capacity: Int, count: Long, pauseMillis: Long) {
    val channel = Channel<Int>(capacity)
    runBlocking(Dispatchers.Default) {
      launch {
        for (i in 0 until count) {
          if (pauseMillis > 0) delay(pauseMillis)
          channel.send(1)
        }
      }
      launch {
        var sum = 0L
        for (i in 0 until count) sum += channel.receive()
        check(sum == count) { "counted $sum instead of $count" }
      }
    }
  }
}

/** Coroutines that compute all the time, and yield after each little piece. */
@OptIn(DelicateCoroutinesApi::class) // they live as long as the process
class KotlinSpinners {
  /** Starts so many. */
  fun start(count: Int, pieceNanos: Long) {
    repeat(count) {
      GlobalScope.launch {
        while (true) {
          val end = System.nanoTime() + pieceNanos
          while (System.nanoTime() < end) Thread.onSpinWait()
          yield()
        }
      }
    }
  }
}
