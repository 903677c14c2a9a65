/** The Kubernetes API over plain HTTP: paths, discovery, tables, watches. */
@NullMarked
package airworthy.mocks.kubernetes.http;

import org.jspecify.annotations.NullMarked;
