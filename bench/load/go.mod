module penstock.dev/bench

go 1.22
