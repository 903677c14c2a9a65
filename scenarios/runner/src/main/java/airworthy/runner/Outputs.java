package airworthy.runner;

import airworthy.model.Scorecard;
import airworthy.reports.judge.Judge;
import airworthy.reports.render.allure.AllureResults;
import airworthy.reports.render.html.HtmlCard;
import airworthy.reports.render.json.JsonCard;
import airworthy.reports.render.junit.JunitReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Everything that is made from a stored run. The same run gives the same bytes. */
public final class Outputs {
    /** The page for people. */
    public static final String HTML = "scorecard.html";

    /** The card for programs. */
    public static final String JSON = "scorecard.json";

    private Outputs() {}

    /**
     * Judges a run and writes every output into its folder.
     *
     * @throws IOException if a file cannot be written
     */
    public static Scorecard write(StoredRun run) throws IOException {
        Scorecard card = Judge.judge(run.input());
        RunFolder folder = run.folder();
        Files.writeString(folder.output(JSON), new JsonCard().render(card));
        Files.writeString(folder.output(HTML), new HtmlCard().render(card));
        Files.writeString(folder.output("junit.xml"), new JunitReport().render(card));
        Path allure = Files.createDirectories(folder.output("allure-results"));
        for (Map.Entry<String, String> file : new AllureResults().render(card).entrySet()) {
            Files.writeString(allure.resolve(file.getKey()), file.getValue());
        }
        return card;
    }
}
