// Command sync measures what Go's own primitives take for the workloads of SyncSuite.
//
//	sync WORKLOAD    prints nanoseconds per operation, and nothing else
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"sync"
	"testing"
)

const (
	contenders = 8
	permits    = 4
	goroutines = 10_000
	// Of the operations on a read-write lock, one in this many is a write.
	writeEvery = 20
)

var workloads = map[string]func(b *testing.B){
	"mutex":             mutex,
	"mutex-contended":   mutexContended,
	"rwmutex-read":      rwMutexRead,
	"rwmutex-write":     rwMutexWrite,
	"rwmutex-contended": rwMutexContended,
	"semaphore":         semaphore,
	"semaphore-full":    semaphoreFull,
	"once-value":        onceValue,
	"spawn":             spawn,
}

func main() {
	testing.Init()
	flag.Parse()
	workload, ok := workloads[flag.Arg(0)]
	if !ok {
		fmt.Fprintf(os.Stderr, "no such workload: %q\n", flag.Arg(0))
		os.Exit(2)
	}
	result := testing.Benchmark(workload)
	fmt.Println(float64(result.T.Nanoseconds()) / float64(result.N))
}

// contend runs body in each contender for its part of b.N operations, until all are done.
func contend(b *testing.B, body func(contender, times int)) {
	times := b.N/contenders + 1
	var group sync.WaitGroup
	group.Add(contenders)
	for i := 0; i < contenders; i++ {
		go func(contender int) {
			defer group.Done()
			body(contender, times)
		}(i)
	}
	group.Wait()
}

func mutex(b *testing.B) {
	var m sync.Mutex
	for i := 0; i < b.N; i++ {
		m.Lock()
		m.Unlock()
	}
}

func mutexContended(b *testing.B) {
	var m sync.Mutex
	counter := 0
	contend(b, func(_, times int) {
		for i := 0; i < times; i++ {
			m.Lock()
			counter++
			m.Unlock()
		}
	})
	if counter < b.N {
		b.Fatalf("counted %d of %d", counter, b.N)
	}
}

func rwMutexRead(b *testing.B) {
	var m sync.RWMutex
	for i := 0; i < b.N; i++ {
		m.RLock()
		m.RUnlock()
	}
}

func rwMutexWrite(b *testing.B) {
	var m sync.RWMutex
	for i := 0; i < b.N; i++ {
		m.Lock()
		m.Unlock()
	}
}

func rwMutexContended(b *testing.B) {
	var m sync.RWMutex
	counter := 0
	contend(b, func(contender, times int) {
		seen := 0
		for i := 0; i < times; i++ {
			if (i+contender)%writeEvery == 0 {
				m.Lock()
				counter++
				m.Unlock()
			} else {
				m.RLock()
				seen += counter
				m.RUnlock()
			}
		}
		runtime.KeepAlive(seen)
	})
}

// A buffered channel, as Effective Go has it: the weighted semaphore of x/sync is no part of Go's
// standard library.
func semaphore(b *testing.B) {
	s := make(chan struct{}, permits)
	for i := 0; i < b.N; i++ {
		s <- struct{}{}
		<-s
	}
}

// Holders yield, so that the permits do run out on a machine of few cores.
func semaphoreFull(b *testing.B) {
	s := make(chan struct{}, permits)
	contend(b, func(_, times int) {
		for i := 0; i < times; i++ {
			s <- struct{}{}
			runtime.Gosched()
			<-s
		}
	})
}

func onceValue(b *testing.B) {
	get := sync.OnceValue(func() *int { return new(int) })
	var value *int
	for i := 0; i < b.N; i++ {
		value = get()
	}
	runtime.KeepAlive(value)
}

// Starts goroutines by the ten thousand, and waits for them.
func spawn(b *testing.B) {
	for left := b.N; left > 0; left -= goroutines {
		n := min(left, goroutines)
		var group sync.WaitGroup
		for i := 0; i < n; i++ {
			group.Add(1)
			go group.Done()
		}
		group.Wait()
	}
}
