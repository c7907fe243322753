package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

// crowd is many goroutines that wait.
type crowd interface {
	// gather starts so many, and returns when all have come to where they wait, or are about to.
	gather(count int)
	// dismiss ends their waiting, and returns when all have ended.
	dismiss()
}

// channelCrowd waits at one channel, which is closed to dismiss them.
type channelCrowd struct {
	channel chan int
	gone    *sync.WaitGroup
}

func (c *channelCrowd) gather(count int) {
	channel := make(chan int)
	var come, gone sync.WaitGroup
	come.Add(count)
	gone.Add(count)
	for i := 0; i < count; i++ {
		go func() {
			come.Done()
			<-channel
			gone.Done()
		}()
	}
	c.channel, c.gone = channel, &gone
	come.Wait()
}

func (c *channelCrowd) dismiss() {
	close(c.channel)
	c.gone.Wait()
}

// pairsCrowd waits each at a channel of its own, and answers over another of its own.
type pairsCrowd struct {
	questions, answers []chan int
}

func (c *pairsCrowd) gather(count int) {
	c.questions = make([]chan int, count)
	c.answers = make([]chan int, count)
	var come sync.WaitGroup
	come.Add(count)
	for i := 0; i < count; i++ {
		question, answer := make(chan int), make(chan int)
		c.questions[i], c.answers[i] = question, answer
		go func() {
			come.Done()
			answer <- <-question
		}()
	}
	come.Wait()
}

func (c *pairsCrowd) dismiss() {
	goAll(func() {
		for _, question := range c.questions {
			question <- 1
		}
	}, func() {
		for _, answer := range c.answers {
			check(<-answer, 1)
		}
	})
	c.questions, c.answers = nil, nil
}

// crowding measures what a crowd costs: to gather, to keep, to dismiss.
func crowding(c crowd, count int, dismissalOnly bool) experiment {
	return func(warmUp, _ time.Duration) string {
		for end := processTime() + int64(warmUp); processTime() < end; {
			c.gather(20_000)
			c.dismiss()
		}
		before := live()
		start, cpu := time.Now(), processTime()
		c.gather(count)
		gathering, cpuGathering := time.Since(start), processTime()-cpu
		awaitQuiet()
		bytes := live() - before
		start, cpu = time.Now(), processTime()
		c.dismiss()
		wall, cpuAll := time.Since(start), processTime()-cpu
		if !dismissalOnly {
			wall += gathering
			cpuAll += cpuGathering
		}
		n := float64(count)
		return fmt.Sprintf("wall=%.4f cpu=%.4f each=%.4f", float64(wall)/n, float64(cpuAll)/n, float64(bytes)/n)
	}
}

// live is the bytes of all live objects and of the stacks.
func live() int64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc + stats.StackInuse)
}

// awaitQuiet waits until this process does nothing any more, for some seconds at most.
func awaitQuiet() {
	last := processTime()
	for i := 0; i < 50; i++ {
		time.Sleep(100 * time.Millisecond)
		now := processTime()
		if now-last < int64(5*time.Millisecond) {
			return
		}
		last = now
	}
}

// idle measures what a process costs whose goroutines all wait.
func idle(warmUp, measured time.Duration) string {
	const count = 10_000
	c := &channelCrowd{}
	for end := processTime() + int64(warmUp/2); processTime() < end; {
		c.gather(count)
		c.dismiss()
	}
	c.gather(count)
	awaitQuiet()
	start, cpu := time.Now(), processTime()
	time.Sleep(3 * measured)
	return fmt.Sprintf("core=%.4f", 100*float64(processTime()-cpu)/float64(time.Since(start)))
}

// paced measures what receiving a message costs when one arrives every millisecond.
func paced(capacity int) experiment {
	run := func(count int, pause time.Duration) {
		c := make(chan int, capacity)
		goAll(func() {
			for i := 0; i < count; i++ {
				if pause > 0 {
					time.Sleep(pause)
				}
				c <- 1
			}
		}, func() {
			sum := 0
			for i := 0; i < count; i++ {
				sum += <-c
			}
			check(sum, count)
		})
	}
	return func(warmUp, measured time.Duration) string {
		for end := processTime() + int64(warmUp/2); processTime() < end; {
			run(200_000, 0)
		}
		run(500, time.Millisecond)
		count := int(3 * measured / time.Millisecond)
		start, cpu := time.Now(), processTime()
		run(count, time.Millisecond)
		wall, cpuAll := time.Since(start), processTime()-cpu
		n := float64(count)
		return fmt.Sprintf("wall=%.4f cpu=%.4f", float64(wall)/n, float64(cpuAll)/n)
	}
}

// startSpinners starts goroutines that compute all the time, and yield after each little piece of
// work, as they must on the JVM.
func startSpinners() {
	for i := 0; i < 2; i++ {
		go func() {
			for {
				for end := time.Now().Add(10 * time.Microsecond); time.Now().Before(end); {
				}
				runtime.Gosched()
			}
		}()
	}
}
