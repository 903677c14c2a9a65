// The service discovery that the platform's prometheus.yml uses, in place of all twenty-five: the others bring every
// cloud's client library along.
package plugins

import (
	_ "github.com/prometheus/prometheus/discovery/kubernetes" // Register kubernetes plugin.
)
