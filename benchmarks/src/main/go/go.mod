module dev.runnel/benchmarks

go 1.23
