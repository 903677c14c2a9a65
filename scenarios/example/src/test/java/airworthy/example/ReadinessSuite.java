package airworthy.example;

import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectDirectories;
import org.junit.platform.suite.api.Suite;

/** Every scenario of this team, against the platform that the build names; red if there was none to run. */
@Suite(failIfNoTests = true)
@IncludeEngines("airworthy")
@SelectDirectories("src/test/resources/scenarios")
class ReadinessSuite {}
