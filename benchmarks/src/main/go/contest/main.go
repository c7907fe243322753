// Command contest runs one workload of the side-by-side run with Go's own goroutines and channels.
//
//	contest WORKLOAD WARMUP-MILLIS MEASURED-MILLIS
//
// It prints one line, as dev.runnel.benchmarks.workload.Runner does on the JVM:
//
//	wall=158.2 cpu=310.1 bytes=0.0    nanoseconds and allocated bytes per operation
//	each=2731.0                       live bytes of each goroutine
//	core=0.1                          per cent of a core
package main

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A batch of operations is to take about so long: long beside starting its goroutines.
const batchTime = 100 * time.Millisecond

// A body does at least so many operations, checks what came out, and says how many it did.
type body func(n int) int

// An experiment warms up for so much CPU time, measures, and says what it found.
type experiment func(warmUp, measured time.Duration) string

func main() {
	if len(os.Args) != 4 {
		fail("usage: contest WORKLOAD WARMUP-MILLIS MEASURED-MILLIS")
	}
	name, beside := strings.CutPrefix(os.Args[1], "beside-")
	run := named(name)
	warmUp, measured := min(millis(os.Args[2]), longestWarmUp), millis(os.Args[3])
	if beside {
		run(warmUp, 0)
		startSpinners()
	}
	fmt.Println(run(warmUp, measured))
}

func named(name string) experiment {
	switch name {
	case "parked":
		return crowding(&channelCrowd{}, 100_000, false)
	case "parked-1m":
		return crowding(&channelCrowd{}, 1_000_000, false)
	case "pairs-1m":
		return crowding(&pairsCrowd{}, 1_000_000, false)
	case "close-500k":
		return crowding(&channelCrowd{}, 500_000, true)
	case "idle":
		return idle
	case "paced":
		return paced(0)
	case "paced-b100":
		return paced(buffer)
	}
	workload, ok := workloads[name]
	if !ok {
		fail("no such workload: " + name)
	}
	run := workload()
	return func(warmUp, measured time.Duration) string { return throughput(run, warmUp, measured) }
}

func millis(text string) time.Duration {
	n, err := strconv.Atoi(text)
	if err != nil {
		fail(err.Error())
	}
	return time.Duration(n) * time.Millisecond
}

func fail(why string) {
	fmt.Fprintln(os.Stderr, why)
	os.Exit(1)
}

// There is no JIT compiler to wait for: what is to be warm are caches, stacks and the heap.
const longestWarmUp = 300 * time.Millisecond

// throughput measures how long operations take when nothing else is done. The wall time is the median
// of the batches, as what else runs on the machine comes in bursts.
func throughput(run body, warmUp, measured time.Duration) string {
	batch := batchAfter(run, warmUp)
	runtime.GC()
	var walls []float64
	operations := 0
	bytes := allocated()
	cpu := processTime()
	begin := time.Now()
	for end := begin; len(walls) == 0 || end.Sub(begin) < measured; {
		start := end
		done := run(batch)
		end = time.Now()
		operations += done
		walls = append(walls, float64(end.Sub(start))/float64(done))
	}
	cpu = processTime() - cpu
	bytes = allocated() - bytes
	slices.Sort(walls)
	return fmt.Sprintf("wall=%.3f cpu=%.3f bytes=%.3f",
		walls[len(walls)/2], float64(cpu)/float64(operations), float64(bytes)/float64(operations))
}

// batchAfter warms up, for so much CPU time, and says how many operations make a batch.
func batchAfter(run body, warmUp time.Duration) int {
	batch := 1_000
	begin := time.Now()
	cpu := processTime()
	for {
		start := time.Now()
		operations := run(batch)
		each := float64(time.Since(start)) / float64(operations)
		full := max(1, int(float64(batchTime)/each))
		if processTime()-cpu >= int64(warmUp) || time.Since(begin) >= 10*warmUp {
			return full
		}
		batch = min(2*operations, full)
	}
}

// processTime is the CPU time of this process, in user mode and in the kernel, in nanoseconds.
func processTime() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		fail(err.Error())
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}

func allocated() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.TotalAlloc
}
