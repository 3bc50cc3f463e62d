package org.chandylamport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ClusterCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    @Test
    @Tag("deep")
    void theTracesOfRealNodesAuditConsistent() throws Exception {
        assertEquals(0, run("cluster", "--nodes", "3", "--messages", "3000", "--snapshots", "5",
                "--processes", "7", "--json", "--traces", folder.toString()), err::toString);
        JsonNode result = JsonMapper.builder().build().readTree(out.toString());
        assertEquals(5, result.get("snapshots").size());
        for (JsonNode snapshot : result.get("snapshots")) {
            assertEquals("consistent", snapshot.get("verdict").asText());
            assertTrue(snapshot.get("theorem1").asBoolean());
            assertTrue(snapshot.get("initiators").size() > 0);
        }
        assertTrue(result.get("messages").asLong() >= 3000, result::toString);
        assertTrue(result.get("microseconds").get("p99").asLong() > 0, result::toString);
        String[] traces = {"node-1.ndjson", "node-2.ndjson", "node-3.ndjson"};
        for (String trace : traces) {
            assertTrue(Files.size(folder.resolve(trace)) > 1000, trace);
        }
        assertEquals(0, run("audit", folder.resolve(traces[2]).toString(),
                folder.resolve(traces[0]).toString(), folder.resolve(traces[1]).toString()));
        assertTrue(out.toString().contains("5 snapshots"), out::toString);
    }

    @Test
    @Tag("deep")
    void aClusterGoesOnFromASavedSnapshotOnAnotherNumberOfNodes() {
        Path saved = folder.resolve("saved");
        assertEquals(0, run("cluster", "--nodes", "2", "--messages", "500", "--snapshots", "2",
                "--processes", "4", "--save", saved.toString()), err::toString);
        assertEquals(2, run("cluster", "--save", saved.toString()));
        assertTrue(err.toString().contains("holds snapshots"), err::toString);
        assertEquals(0, run("cluster", "--nodes", "1", "--snapshots", "1", "--restore",
                saved.toString()), err::toString);
        assertTrue(out.toString().contains("random graph of 4 processes"), out::toString);
        assertTrue(out.toString().contains("\n       3  "), out::toString);
        assertTrue(out.toString().contains("1 of 1 snapshots are consistent"), out::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "cluster --nodes 0 | --nodes is from 1 to 100, not 0",
        "cluster --snapshots -1 | --snapshots is at least 0, not -1",
        "cluster --overlap 0 | --overlap is at least 1, not 0",
        "cluster --no-audit --traces t | --traces and --no-audit exclude each other",
        "node | --seed is missing",
        "node --seed 1 --listen nowhere | a host and a port",
        "node --seed 1 --config nowhere.conf | --config nowhere.conf cannot be read",
        "node --seed 1 --nodes 0 | a network needs at least 1 node, not 0"})
    void wrongArgumentsAreNamedInOneSentence(String line, String sentence) {
        assertEquals(2, run(line.split(" ")));
        assertTrue(err.toString().contains(sentence), err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
    }

    @Test
    void aFileConfiguresANodeAndAFlagGoesBeforeIt() throws Exception {
        Path file = folder.resolve("node.conf");
        Files.writeString(file, "chandy-lamport { nodes = 2, start-timeout = 1 s }\n");
        assertEquals(2, run("node", "--config", file.toString(), "--seed", "1"));
        assertTrue(err.toString().contains("after 1 s: 0 of 2 nodes have joined"), err::toString);
        Files.writeString(file, "chandy-lamport { nodes = 2 }\n"
                + "pekko.remote.artery.advanced.maximum-frame-size = 300 KiB\n");
        assertEquals(0, run("node", "--config", file.toString(), "--seed", "1", "--nodes", "1",
                "--messages", "10", "--snapshots", "1", "--processes", "3"), err::toString);
        assertTrue(out.toString().contains("snapshot 1: "), out::toString);
        Files.writeString(file, "chandy-lamport.node = 2");
        assertEquals(2, run("node", "--config", file.toString(), "--seed", "1"));
        assertTrue(err.toString().contains("nobody knows 'node'"), err::toString);
        Files.writeString(file, "chandy-lamport { nodes = ");
        assertEquals(2, run("node", "--config", file.toString(), "--seed", "1"));
        assertTrue(err.toString().contains("--config " + file), err::toString);
    }
}
