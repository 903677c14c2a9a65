/** What a program of ours that uses an accelerator tells of it. */
@NullMarked
package airworthy.probes.accelerator;

import org.jspecify.annotations.NullMarked;
