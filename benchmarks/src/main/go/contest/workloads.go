package main

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
)

const buffer = 100

var workloads = map[string]func() body{
	"pair":                 plain(pair),
	"try":                  plain(tries),
	"1to1":                 plain(func(n int) int { return pairs(1, 0, n) }),
	"1to1-b100":            plain(func(n int) int { return pairs(1, buffer, n) }),
	"4to4":                 plain(func(n int) int { return pairs(4, 0, n) }),
	"4to4-b100":            plain(func(n int) int { return pairs(4, buffer, n) }),
	"1000to1000":           plain(func(n int) int { return pairs(1_000, 0, n) }),
	"1000to1000-b100":      plain(func(n int) int { return pairs(1_000, buffer, n) }),
	"ping-pong":            plain(pingPong),
	"chain-100":            func() body { return chain(100) },
	"chain-10000":          func() body { return chain(10_000) },
	"chain-100000":         func() body { return chain(100_000) },
	"receive-ctx":          plain(func(n int) int { return receiveOrDone(0, n) }),
	"receive-ctx-b100":     plain(func(n int) int { return receiveOrDone(buffer, n) }),
	"select-done":          plain(func(n int) int { return receiveOrDone(0, n) }),
	"select-done-b100":     plain(func(n int) int { return receiveOrDone(buffer, n) }),
	"select-handlers":      plain(func(n int) int { return receiveOrDone(0, n) }),
	"select-handlers-b100": plain(func(n int) int { return receiveOrDone(buffer, n) }),
	"select-4":             plain(func(n int) int { return selectOfFour(0, n) }),
	"select-4-b100":        plain(func(n int) int { return selectOfFour(buffer, n) }),
	"batch":                plain(batch),
	"pool":                 plain(pool),
	"spawn":                plain(spawn),
	"mutex":                plain(mutex),
	"stages-10":            plain(stages),
}

func plain(run body) func() body {
	return func() body { return run }
}

func check(counted, expected int) {
	if counted != expected {
		fail(fmt.Sprintf("counted %d instead of %d", counted, expected))
	}
}

// value is what is sent as number i; the same as on the JVM, where it needs no allocation.
func value(i int) int { return i & 0x7f }

// sum is the sum of the first n values.
func sum(n int) int {
	return n/128*(127*64) + n%128*(n%128-1)/2
}

func goAll(bodies ...func()) {
	var group sync.WaitGroup
	for _, body := range bodies {
		group.Add(1)
		go func() {
			defer group.Done()
			body()
		}()
	}
	group.Wait()
}

func send(c chan<- int, n int) {
	for i := 0; i < n; i++ {
		c <- value(i)
	}
}

func pair(n int) int {
	c := make(chan int, 64)
	goAll(func() {
		total := 0
		for i := 0; i < n; i++ {
			c <- value(i)
			total += <-c
		}
		check(total, sum(n))
	})
	return n
}

func tries(n int) int {
	c := make(chan int, 64)
	goAll(func() {
		total := 0
		for i := 0; i < n; i++ {
			select {
			case c <- value(i):
			default:
				fail("nobody else is here to refuse for")
			}
			select {
			case v := <-c:
				total += v
			default:
				fail("nobody else is here to refuse for")
			}
		}
		check(total, sum(n))
	})
	return n
}

func pairs(count, capacity, n int) int {
	each := (n + count - 1) / count
	c := make(chan int, capacity)
	var total atomic.Int64
	var group sync.WaitGroup
	group.Add(2 * count)
	for i := 0; i < count; i++ {
		go func() {
			defer group.Done()
			send(c, each)
		}()
	}
	for i := 0; i < count; i++ {
		go func() {
			defer group.Done()
			sum := 0
			for i := 0; i < each; i++ {
				sum += <-c
			}
			total.Add(int64(sum))
		}()
	}
	group.Wait()
	check(int(total.Load()), count*sum(each))
	return count * each
}

func pingPong(n int) int {
	there := make(chan int)
	back := make(chan int)
	goAll(func() {
		for i := 0; i < n; i++ {
			there <- value(i)
			check(<-back, value(i))
		}
	}, func() {
		for i := 0; i < n; i++ {
			back <- <-there
		}
	})
	return n
}

// chain makes a chain of goroutines once, through which values then travel in a row.
func chain(length int) body {
	first := make(chan int)
	last := first
	for i := 0; i < length; i++ {
		from, to := last, make(chan int)
		go func() {
			for {
				to <- <-from
			}
		}()
		last = to
	}
	return func(n int) int {
		values := max(20, n/length)
		goAll(func() { send(first, values) }, func() {
			for i := 0; i < values; i++ {
				check(<-last, value(i))
			}
		})
		return values * length
	}
}

func receiveOrDone(capacity, n int) int {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	c := make(chan int, capacity)
	goAll(func() { send(c, n) }, func() {
		total := 0
		for i := 0; i < n; i++ {
			select {
			case v := <-c:
				total += v
			case <-ctx.Done():
				fail("the context has ended")
			}
		}
		check(total, sum(n))
	})
	return n
}

func selectOfFour(capacity, n int) int {
	each := (n + 3) / 4
	a, b, c, d := make(chan int, capacity), make(chan int, capacity), make(chan int, capacity), make(chan int, capacity)
	goAll(
		func() { send(a, each) }, func() { send(b, each) }, func() { send(c, each) }, func() { send(d, each) },
		func() {
			total := 0
			for i := 0; i < 4*each; i++ {
				select {
				case v := <-a:
					total += v
				case v := <-b:
					total += v
				case v := <-c:
					total += v
				case v := <-d:
					total += v
				}
			}
			check(total, 4*sum(each))
		})
	return 4 * each
}

// batch receives as people write it in Go: one value, and then what is there.
func batch(n int) int {
	c := make(chan int, buffer)
	goAll(func() { send(c, n) }, func() {
		batch := make([]int, 0, buffer)
		total := 0
		for i := 0; i < n; i += len(batch) {
			batch = append(batch[:0], <-c)
		fill:
			for len(batch) < buffer {
				select {
				case v := <-c:
					batch = append(batch, v)
				default:
					break fill
				}
			}
			for _, v := range batch {
				total += v
			}
		}
		check(total, sum(n))
	})
	return n
}

func pool(n int) int {
	const workers = 5
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	each := (n + workers - 1) / workers
	all := workers * each
	jobs, results := make(chan int, buffer), make(chan int, buffer)
	give := func(c chan<- int, v int) {
		select {
		case c <- v:
		case <-ctx.Done():
			fail("the context has ended")
		}
	}
	take := func(c <-chan int) (v int) {
		select {
		case v = <-c:
		case <-ctx.Done():
			fail("the context has ended")
		}
		return v
	}
	bodies := []func(){func() {
		for i := 0; i < all; i++ {
			give(jobs, value(i))
		}
	}, func() {
		total := 0
		for i := 0; i < all; i++ {
			total += take(results)
		}
		check(total, 127*all-sum(all))
	}}
	for i := 0; i < workers; i++ {
		bodies = append(bodies, func() {
			for i := 0; i < each; i++ {
				give(results, 127-take(jobs))
			}
		})
	}
	goAll(bodies...)
	return all
}

func spawn(n int) int {
	const count = 10_000
	done := 0
	for ; done < n; done += count {
		var group sync.WaitGroup
		for i := 0; i < count; i++ {
			group.Add(1)
			go group.Done()
		}
		group.Wait()
	}
	return done
}

func mutex(n int) int {
	const contenders = 8
	each := (n + contenders - 1) / contenders
	var lock sync.Mutex
	counter := 0
	var group sync.WaitGroup
	group.Add(contenders)
	for i := 0; i < contenders; i++ {
		go func() {
			defer group.Done()
			for i := 0; i < each; i++ {
				lock.Lock()
				counter++
				lock.Unlock()
			}
		}()
	}
	group.Wait()
	check(counter, contenders*each)
	return contenders * each
}

// stages sends values through ten goroutines, which add to each or let it pass: what a pipeline is in Go.
func stages(n int) int {
	first := make(chan int, buffer)
	go func() {
		send(first, n)
		close(first)
	}()
	c := first
	for i := 0; i < 10; i++ {
		in, out := c, make(chan int, buffer)
		adds := i%2 == 0
		go func() {
			for v := range in {
				if adds {
					out <- (v + i + 1) & 0x7f
				} else if v >= 0 {
					out <- v
				}
			}
			close(out)
		}()
		c = out
	}
	total, expected := 0, 0
	for v := range c {
		total += v
	}
	for i := 0; i < n; i++ {
		expected += (value(i) + 1 + 3 + 5 + 7 + 9) & 0x7f
	}
	check(total, expected)
	return n
}
