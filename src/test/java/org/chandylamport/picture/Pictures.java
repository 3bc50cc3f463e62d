package org.chandylamport.picture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chandylamport.trace.TraceException;

/** Traces that pictures are made of. */
final class Pictures {

    /** Three accounts; the snapshot that bob initiates finds two transfers in transit. */
    static final Path BANK = Path.of("src/test/pictures/bank.ndjson");

    /** The same without markers: each records when its clock says noon. It is refuted. */
    static final Path BY_THE_CLOCK = Path.of("src/test/pictures/by-the-clock.ndjson");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Pictures() {}

    static Execution read(Path trace) throws IOException, TraceException {
        return Execution.read(List.of(trace.toString()), lines -> {});
    }

    static Execution read(Path folder, List<String> lines) throws IOException, TraceException {
        return read(Files.write(folder.resolve("t.ndjson"), lines));
    }

    /** The line of a trace with that action, in JSON. */
    static JsonNode line(Path trace, String action) throws IOException {
        for (String line : Files.readAllLines(trace)) {
            JsonNode json = MAPPER.readTree(line);
            if (json.path("action").asText().equals(action)) {
                return json;
            }
        }
        throw new IllegalArgumentException(action);
    }

    /**
     * A trace of two processes that send each other messages in turn, first p one and then q one;
     * half way p records, and q when it learns of it.
     */
    static List<String> pingPong(int rounds) {
        List<String> lines = new ArrayList<>();
        lines.add("{'format':'chandy-lamport-trace','version':1,'processes':{'p':0,'q':0},"
                + "'channels':{'p->q':{'from':'p','to':'q'},'q->p':{'from':'q','to':'p'}}}");
        for (int i = 0; i < rounds; i++) {
            boolean isMiddle = i == rounds / 2;
            lines.add(message("Send", "p", "p->q", i));
            if (isMiddle) {
                lines.add("{'action':'RecordState','process':'p','snapshot':1}");
            }
            lines.add(message("Send", "q", "q->p", i));
            lines.add(message("Receive", "q", "p->q", i));
            if (isMiddle) {
                lines.add("{'action':'RecordState','process':'q','snapshot':1}");
                lines.add(marker("q", "p->q"));
            }
            lines.add(message("Receive", "p", "q->p", i));
            if (isMiddle) {
                lines.add(marker("p", "q->p"));
            }
        }
        int middle = rounds / 2;
        lines.add("{'action':'Snapshot','snapshot':1,'initiators':['p'],"
                + "'processes':{'p':0,'q':0},'channels':{'p->q':[],'q->p':[" + middle + "]}}");
        lines.replaceAll(line -> line.replace('\'', '"'));
        return lines;
    }

    private static String message(String action, String process, String channel, int message) {
        return "{'action':'" + action + "','process':'" + process + "','channel':'" + channel
                + "','message':" + message + "}";
    }

    private static String marker(String process, String channel) {
        return "{'action':'ReceiveMarker','process':'" + process + "','channel':'" + channel
                + "','snapshot':1}";
    }
}
