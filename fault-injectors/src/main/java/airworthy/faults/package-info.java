/**
 * How faults reach a platform. An injector plans: it reads, and answers with changes as data. An actuator carries out
 * changes and undoes them; it needs nothing but the data.
 */
@NullMarked
package airworthy.faults;

import org.jspecify.annotations.NullMarked;
