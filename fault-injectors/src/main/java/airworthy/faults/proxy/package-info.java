/** What every fault shares that puts the harness's own proxy on a cluster. */
@NullMarked
package airworthy.faults.proxy;

import org.jspecify.annotations.NullMarked;
