module airworthy/testbed/smoke-pod

go 1.26.0
