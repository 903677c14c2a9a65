// Only names the version that is built; what it needs is pinned by its own go.mod and go.sum.
module airworthy/testbed/prometheus

go 1.26.0

require github.com/prometheus/prometheus v0.309.1
