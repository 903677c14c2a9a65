/** Writes a scorecard as Allure results, for dashboards. */
@NullMarked
package airworthy.reports.render.allure;

import org.jspecify.annotations.NullMarked;
