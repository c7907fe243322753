module dev.runnel/contest

go 1.23
