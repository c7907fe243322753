// Command patterns measures Go's textbook patterns, for the workloads of WorkerPoolBenchmark and
// BroadcastBenchmark.
//
//	patterns pool|broadcast    prints nanoseconds per job or delivery, and nothing else
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"sync"
	"testing"
)

const (
	workers     = 5
	poolBuffer  = 100
	subscribers = 100
	subBuffer   = 64
)

var workloads = map[string]func(b *testing.B){
	"pool":      pool,
	"broadcast": broadcast,
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

// pool is a worker pool with a context: nobody waits without watching it.
func pool(b *testing.B) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	jobs, results := make(chan int, poolBuffer), make(chan int, poolBuffer)
	go func() {
		defer close(jobs)
		for i := 0; i < b.N; i++ {
			select {
			case jobs <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	var group sync.WaitGroup
	for range workers {
		group.Add(1)
		go func() {
			defer group.Done()
			for {
				select {
				case job, ok := <-jobs:
					if !ok {
						return
					}
					select {
					case results <- 127 - job&127:
					case <-ctx.Done():
						return
					}
				case <-ctx.Done():
					return
				}
			}
		}()
	}
	go func() {
		group.Wait()
		close(results)
	}()
	received := 0
	for open := true; open; {
		select {
		case _, open = <-results:
			if open {
				received++
			}
		case <-ctx.Done():
			b.Fatal("the context has ended")
		}
	}
	if received != b.N {
		b.Fatalf("received %d of %d", received, b.N)
	}
}

// broadcast sends each value to all subscribers, waiting for who is behind. An operation is the
// delivery of one value to one subscriber.
func broadcast(b *testing.B) {
	values := b.N/subscribers + 1
	var mutex sync.Mutex
	var subs []chan int
	var group sync.WaitGroup
	counts := make([]int, subscribers)
	for i := range subscribers {
		sub := make(chan int, subBuffer)
		subs = append(subs, sub)
		group.Add(1)
		go func() {
			defer group.Done()
			for range sub {
				counts[i]++
			}
		}()
	}
	for i := 0; i < values; i++ {
		mutex.Lock()
		for _, sub := range subs {
			sub <- i & 127
		}
		mutex.Unlock()
	}
	for _, sub := range subs {
		close(sub)
	}
	group.Wait()
	for _, count := range counts {
		if count != values {
			b.Fatalf("received %d of %d", count, values)
		}
	}
}
