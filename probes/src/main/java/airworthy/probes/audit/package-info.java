/** What a gateway recorded of each request, read through the names that the profile gives. */
@NullMarked
package airworthy.probes.audit;

import org.jspecify.annotations.NullMarked;
