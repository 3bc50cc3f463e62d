package org.chandylamport.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chandylamport.check.Theorem1;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An execution as pictures show it, and as the log of ShiViz. */
class ExecutionTest {

    private static final Pattern SHIVIZ = Pattern.compile("(\\S*) (\\{.*\\})\n(.*)\n");

    @TempDir
    private Path folder;

    @Test
    void noArrowPointsBackwards() throws Exception {
        for (Path trace : List.of(Pictures.BANK, Pictures.BY_THE_CLOCK)) {
            Execution execution = Pictures.read(trace);
            assertTrue(execution.arrows().size() > 2);
            for (Arrow arrow : execution.arrows()) {
                assertTrue(arrow.from() < arrow.to(), arrow.toString());
            }
        }
    }

    @Test
    void thePictureDoesNotDependOnHowTheLinesInterleave() throws Exception {
        List<String> lines = new ArrayList<>(Files.readAllLines(Pictures.BANK));
        lines.subList(1, lines.size() - 1).sort(Comparator.comparing(ExecutionTest::process));
        assertNotEquals(lines, Files.readAllLines(Pictures.BANK));
        Execution sorted = Pictures.read(folder, lines);
        assertEquals(Pictures.read(Pictures.BANK).events(), sorted.events());
        assertTrue(sorted.arrows().stream().allMatch(arrow -> arrow.from() < arrow.to()));
    }

    private static String process(String line) {
        return line.replaceAll(".*\"process\":\"(\\w+)\".*", "$1");
    }

    @Test
    void theConstructionOfTheTheoremIsThatOfTheDrawnOrder() throws Exception {
        Execution execution = Pictures.read(Pictures.BANK);
        Theorem1<JsonNode, JsonNode> theorem =
                execution.audit().constructions().get(new SnapshotId(1));
        assertTrue(theorem instanceof Theorem1.Witness<JsonNode, JsonNode> witness
                && witness.index() == 6 && witness.permuted().events().size() == 14);
    }

    @Test
    void anUnloggedCutIsShownWhereTheAuditFoundIt() throws Exception {
        List<String> lines = Pictures.pingPong(3);
        lines.removeIf(line -> line.contains("RecordState") || line.contains("ReceiveMarker"));
        lines.set(0, lines.get(0).replace("\"version\"", "\"cuts\":\"unlogged\",\"version\""));
        Execution execution = Pictures.read(folder, lines);
        CutLine cut = new CutLine(execution, new SnapshotId(1));
        assertEquals(2, cut.records().size());
        assertEquals(1, execution.arrows().stream().filter(cut::isCrossedBy).count());
    }

    @Test
    void theClocksOfShiVizOrderEventsAsCausalityDoes() throws Exception {
        Execution execution = Pictures.read(Pictures.BANK);
        StringWriter log = new StringWriter();
        ShiViz.write(execution, new PrintWriter(log));
        assertTrue(log.toString().startsWith(
                "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)\n\n"), log.toString());
        List<Map<String, Integer>> clocks = new ArrayList<>();
        List<String> hosts = new ArrayList<>();
        Matcher events = SHIVIZ.matcher(log.toString());
        for (int at = log.toString().indexOf("\n\n") + 2; events.find(at); at = events.end()) {
            assertEquals(at, events.start(), "nothing lies between two events");
            hosts.add(events.group(1));
            Map<String, Integer> clock = new TreeMap<>();
            JsonNode json = new ObjectMapper().readTree(events.group(2));
            json.fieldNames().forEachRemaining(name -> clock.put(name, json.get(name).asInt()));
            clocks.add(clock);
        }
        List<BitSet> past = past(execution);
        assertEquals(past.size(), clocks.size());
        for (int j = 0; j < past.size(); j++) {
            for (int i = 0; i < past.size(); i++) {
                int own = clocks.get(i).get(hosts.get(i));
                assertEquals(past.get(j).get(i),
                        own <= clocks.get(j).getOrDefault(hosts.get(i), 0), i + " before " + j);
            }
            assertEquals(past.get(j).stream().filter(sameHost(hosts, j)).count(),
                    clocks.get(j).get(hosts.get(j)).longValue(), "its own clock counts from 1");
        }
    }

    private static IntPredicate sameHost(List<String> hosts, int event) {
        return other -> hosts.get(other).equals(hosts.get(event));
    }

    /** For each event those that happened before it, and itself. */
    private static List<BitSet> past(Execution execution) {
        List<BitSet> past = new ArrayList<>();
        Map<ProcessId, Integer> last = new HashMap<>();
        for (int i = 0; i < execution.events().size(); i++) {
            BitSet before = new BitSet();
            before.set(i);
            Integer previous = last.put(execution.events().get(i).process(), i);
            if (previous != null) {
                before.or(past.get(previous));
            }
            for (Arrow arrow : execution.arrows()) {
                if (arrow.to() == i && arrow.from() >= 0) {
                    before.or(past.get(arrow.from()));
                }
            }
            past.add(before);
        }
        return past;
    }
}
