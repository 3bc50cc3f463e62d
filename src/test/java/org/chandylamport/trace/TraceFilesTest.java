package org.chandylamport.trace;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.chandylamport.check.Audit;
import org.chandylamport.check.Oracle;
import org.chandylamport.model.ProcessId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which order several files are read. */
class TraceFilesTest {

    private static final String HEADER = TraceReaderTest.HEADER.replace(",'messages':[5]", "");
    private static final String SEND =
            "{'action':'Send','process':'p','channel':'p->q','message':1}\n";
    private static final String RECEIVE =
            "{'action':'Receive','process':'q','channel':'p->q','message':1}\n";
    private static final String INTERNAL = "{'action':'Internal','process':'q','state':100}\n";
    private static final int MESSAGES = 5_000;
    private static final int BOUND = 500;

    @TempDir Path folder;

    /** p's log is short and q's is long: read at the same pace, p's would be far ahead. */
    @Test
    void aSenderIsNotReadFarAheadOfASlowReceiver() throws Exception {
        String p = write("p", HEADER + SEND.repeat(MESSAGES));
        String q = write("q", HEADER + (INTERNAL.repeat(10) + RECEIVE).repeat(MESSAGES));
        assertFewInTransit(List.of(p, q));
        assertFewInTransit(List.of(q, p));
    }

    /** At the same share of both logs, all that p sent is in transit until q begins to receive. */
    @Test
    void aSenderWaitsWhileItsReceiverDoesOtherThings() throws Exception {
        String p = write("p", HEADER + SEND.repeat(MESSAGES));
        String q = write("q",
                HEADER + INTERNAL.repeat(10 * MESSAGES) + RECEIVE.repeat(MESSAGES));
        assertFewInTransit(List.of(p, q), MESSAGES / 2);
    }

    private static void assertFewInTransit(List<String> files) throws TraceException {
        assertFewInTransit(files, BOUND);
    }

    @SuppressWarnings("unchecked")
    private static void assertFewInTransit(List<String> files, long bound) throws TraceException {
        ProcessId receiver = new ProcessId("q");
        long[] most = new long[1];
        try (TraceFiles trace = new TraceFiles(files, Set.of())) {
            Audit<JsonNode, JsonNode> audit = new Audit<>(
                    trace.header().topology(), trace.header().initial(), Set.of());
            var watched = (Oracle<JsonNode, JsonNode>) Proxy.newProxyInstance(
                    Oracle.class.getClassLoader(), new Class<?>[] {Oracle.class},
                    (proxy, method, arguments) -> {
                        most[0] = Math.max(most[0], audit.inTransitTo(receiver));
                        return method.invoke(audit, arguments);
                    });
            assertTrue(trace.readInto(watched, lines -> {}).isClean());
        }
        assertTrue(most[0] > 0 && most[0] < bound, most[0] + " messages in transit");
    }

    private String write(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), TraceReaderTest.bytes(text)).toString();
    }
}
