/** The simulated AI platform: its parts started, wired and told to the user. Nothing here knows a fault. */
@NullMarked
package airworthy.mocks.platform;

import org.jspecify.annotations.NullMarked;
