package org.chandylamport.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.chandylamport.check.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The SVG picture: what is drawn, by its looks. */
class DiagramTest {

    @TempDir
    private Path folder;

    private static Document draw(Execution execution) throws Exception {
        List<Verdict> verdicts = execution.audit().report().snapshots();
        return parse(Diagram.svg(execution, verdicts.isEmpty() ? null : verdicts.get(0)));
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
    }

    /** The titles of all elements that look so, in the order in which they are drawn. */
    private static List<String> titled(Document svg, String looks) {
        List<String> titles = new ArrayList<>();
        NodeList all = svg.getElementsByTagName("title");
        for (int i = 1; i < all.getLength(); i++) {
            if (((Element) all.item(i).getParentNode()).getAttribute("class").equals(looks)) {
                titles.add(all.item(i).getTextContent());
            }
        }
        return titles;
    }

    @Test
    void whatIsDrawnIsTheTrace() throws Exception {
        Document svg = draw(Pictures.read(Pictures.BANK));
        assertEquals(List.of("message 1 of alice->bob: 30", "message 1 of carol->alice: 25"),
                titled(svg, "arrow recorded"));
        assertEquals(6, titled(svg, "arrow marker dashed").size());
        assertEquals(5, titled(svg, "arrow").size());
        assertEquals(List.of("alice records its state for snapshot 1",
                        "bob records its state for snapshot 1",
                        "carol records its state for snapshot 1"),
                titled(svg, "record").stream().sorted().toList());
        assertEquals(14 + 6, titled(svg, "event").size());
        assertEquals(List.of(), titled(svg, "arrow wrong"));
    }

    @Test
    void thePictureOfTheReadmeIsWhatItsCommandDraws() throws Exception {
        Execution execution = Pictures.read(Pictures.BANK);
        assertEquals(Files.readString(Path.of("src/test/pictures/bank.svg")),
                Diagram.svg(execution, execution.audit().report().snapshots().get(0)));
    }

    @Test
    void whatContradictsASnapshotIsRedAndSaidBelow() throws Exception {
        Document svg = draw(Pictures.read(Pictures.BY_THE_CLOCK));
        assertEquals(List.of("message 1 of alice->carol: 40", "message 1 of bob->alice: 20"),
                titled(svg, "arrow wrong"));
        assertTrue(svg.getDocumentElement().getTextContent().contains("Snapshot \"noon\" is"
                + " inconsistent"), svg.getDocumentElement().getTextContent());
        assertTrue(svg.getDocumentElement().getTextContent().contains("orphan-message: carol"));
        NodeList circles = svg.getElementsByTagName("circle");
        long rings = 0;
        for (int i = 0; i < circles.getLength(); i++) {
            rings += ((Element) circles.item(i)).getAttribute("class").equals("ring") ? 1 : 0;
        }
        assertEquals(4 + 3, rings, "both ends of two messages, and three recordings");
    }

    @Test
    void ofALongTraceTheEventsAroundTheSnapshotAreDrawn() throws Exception {
        Document svg = draw(Pictures.read(folder, Pictures.pingPong(1000)));
        assertEquals(2, titled(svg, "record").size());
        assertEquals(List.of("message 501 of q->p: 500"), titled(svg, "arrow recorded"));
        assertEquals(150, titled(svg, "record").size() + titled(svg, "event").size());
        assertEquals(2 * 2, titled(svg, "gap").size(), "before and after, on each lane");
    }

    @Test
    void whereMuchHappensWhileASnapshotIsRecordedItsOwnEventsAreDrawn() throws Exception {
        List<String> lines = Pictures.pingPong(1000);
        int record = lines.indexOf("{\"action\":\"RecordState\",\"process\":\"q\",\"snapshot\":1}");
        List<String> late = List.copyOf(lines.subList(record, record + 2));
        lines.removeAll(late);
        lines.addAll(lines.size() - 1, late);
        Execution execution = Pictures.read(folder, lines);
        Document svg = draw(execution);
        assertTrue(titled(svg, "record").size() + titled(svg, "event").size() < 150);
        assertEquals(2, titled(svg, "record").size());
    }

    @Test
    void namesAndValuesCanNotBreakThePicture() throws Exception {
        String name = "</text><script>\\u0001&\\\"";
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(Pictures.BANK)) {
            lines.add(line.replace("\"bob\"", "\"" + name + "\"")
                    .replace("\"message\":30", "\"message\":{\"<b>\":\"]]>\\ud800\"}")
                    .replace("\"alice->bob\":[30]", "\"alice->bob\":[{\"<b>\":\"]]>\\ud800\"}]"));
        }
        Document svg = draw(Pictures.read(folder, lines));
        assertEquals(0, svg.getElementsByTagName("script").getLength());
        assertEquals(2, titled(svg, "arrow recorded").size());
    }

    @Test
    void aTraceWithoutSnapshotsOrEventsIsDrawnToo() throws Exception {
        Document svg = draw(Pictures.read(folder, Files.readAllLines(Pictures.BANK).subList(0, 1)));
        assertTrue(svg.getDocumentElement().getTextContent().contains("0 events of 3 processes"));
    }
}
