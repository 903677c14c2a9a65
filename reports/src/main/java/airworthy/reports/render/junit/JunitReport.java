package airworthy.reports.render.junit;

import airworthy.model.Finding;
import airworthy.model.Outcome;
import airworthy.model.ScenarioReport;
import airworthy.model.Scorecard;
import airworthy.reports.render.Headline;
import airworthy.reports.render.Matrix;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** {@code junit.xml}: a suite for each scenario, a case for each finding; a gap is a failure, an unknown an error. */
public final class JunitReport {

    /** The card as XML. */
    public String render(Scorecard card) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", "airworthy " + card.suite());
            for (ScenarioReport report : card.scenarios()) {
                suite(xml, card, report);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("XML could not be written to memory", impossible);
        }
        return text.toString();
    }

    private static void suite(XMLStreamWriter xml, Scorecard card, ScenarioReport report) throws XMLStreamException {
        List<Finding> findings = new Matrix(card).findings(report);
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        xml.writeAttribute(
                "name", report.scenario().id() + " " + clean(report.scenario().name()));
        xml.writeAttribute("tests", String.valueOf(findings.size()));
        xml.writeAttribute("failures", count(findings, Outcome.NOT_MET));
        xml.writeAttribute("errors", count(findings, Outcome.UNKNOWN));
        xml.writeAttribute("skipped", count(findings, Outcome.NOT_APPLICABLE));
        Optional<String> banner = Headline.banner(card);
        if (banner.isPresent()) {
            xml.writeCharacters("\n    ");
            xml.writeStartElement("properties");
            xml.writeEmptyElement("property");
            xml.writeAttribute("name", "purpose");
            xml.writeAttribute("value", banner.get());
            xml.writeEndElement();
        }
        for (Finding finding : findings) {
            testCase(xml, report, finding);
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private static void testCase(XMLStreamWriter xml, ScenarioReport report, Finding finding)
            throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        xml.writeAttribute(
                "classname", "airworthy." + report.scenario().capability().id() + "." + finding.scenario());
        xml.writeAttribute(
                "name", finding.check().question().id() + "/" + finding.check().id());
        switch (finding.outcome()) {
            case MET -> {}
            case NOT_MET -> problem(xml, "failure", report, finding);
            case UNKNOWN -> problem(xml, "error", report, finding);
            case NOT_APPLICABLE -> {
                xml.writeEmptyElement("skipped");
                xml.writeAttribute("message", clean(finding.message()));
            }
        }
        xml.writeEndElement();
    }

    private static void problem(XMLStreamWriter xml, String element, ScenarioReport report, Finding finding)
            throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeAttribute("type", finding.outcome().id());
        xml.writeAttribute("message", clean(finding.message()));
        StringBuilder body = new StringBuilder();
        Matrix.remedy(report, finding)
                .ifPresent(remedy -> body.append("remedy: ").append(remedy).append('\n'));
        finding.evidence()
                .forEach(each -> body.append("evidence: ").append(each).append('\n'));
        xml.writeCharacters(clean(body.toString()));
        xml.writeEndElement();
    }

    private static String count(List<Finding> findings, Outcome outcome) {
        return String.valueOf(findings.stream()
                .filter(finding -> finding.outcome() == outcome)
                .count());
    }

    /** XML 1.0 cannot hold most control characters in any form, and a message may quote a server's bytes. */
    private static String clean(String text) {
        return text.replaceAll("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD");
    }
}
