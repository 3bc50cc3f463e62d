package org.chandylamport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A good trace, line by line, and what the command line says of such a trace or of what became of
 * it. Quotes are single here, for the sake of reading.
 */
final class GoodTrace {

    static final String HEADER = "{'format':'chandy-lamport-trace','version':1,"
            + "'processes':{'p':100,'q':100},'channels':{'p->q':{'from':'p','to':'q'},"
            + "'q->p':{'from':'q','to':'p','messages':[5]}}}";
    static final String P_SENDS =
            "{'action':'Send','process':'p','channel':'p->q','message':30,'state':70}";
    static final String P_RECORDS = "{'action':'RecordState','process':'p','snapshot':1}";
    static final String P_RECEIVES =
            "{'action':'Receive','process':'p','channel':'q->p','message':5,'state':75}";
    static final String P_MARKER =
            "{'action':'ReceiveMarker','process':'p','channel':'q->p','snapshot':1}";
    static final String Q_RECEIVES =
            "{'action':'Receive','process':'q','channel':'p->q','message':30,'state':130}";
    static final String Q_RECORDS = "{'action':'RecordState','process':'q','snapshot':1}";
    static final String Q_MARKER =
            "{'action':'ReceiveMarker','process':'q','channel':'p->q','snapshot':1}";
    static final String SNAPSHOT = "{'action':'Snapshot','snapshot':1,'initiators':['p'],"
            + "'processes':{'p':70,'q':130},'channels':{'p->q':[],'q->p':[5]}}";
    static final List<String> GOOD = List.of(HEADER, P_SENDS, P_RECORDS, Q_RECEIVES,
            Q_RECORDS, Q_MARKER, P_RECEIVES, P_MARKER, SNAPSHOT);

    private GoodTrace() {}

    /** What came of a run of the command. */
    record Outcome(int exit, String out, String err) {

        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    static Outcome run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.run(new PrintWriter(out), new PrintWriter(err), args);
        return new Outcome(exit, out.toString(), err.toString());
    }

    static String file(Path folder, String name, List<String> lines) throws IOException {
        return Files.writeString(folder.resolve(name), text(lines)).toString();
    }

    static String text(List<String> lines) {
        return String.join("\n", lines).replace('\'', '"') + "\n";
    }

    static List<String> replace(String line, String old, String replacement) {
        List<String> lines = new ArrayList<>(GOOD);
        lines.replaceAll(l -> l.equals(line) ? line.replace(old, replacement) : l);
        return lines;
    }

    static List<String> without(String... removed) {
        List<String> lines = new ArrayList<>(GOOD);
        lines.removeAll(List.of(removed));
        return lines;
    }
}
