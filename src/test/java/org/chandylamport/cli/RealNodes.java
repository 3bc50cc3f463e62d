package org.chandylamport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.chandylamport.cluster.Proxy;

/** Nodes that are JVMs of their own, behind proxies, to be killed, stopped and cut off. */
final class RealNodes implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final List<String> arguments;
    private final List<RealNode> nodes = new ArrayList<>();
    private final List<Proxy> proxies = new ArrayList<>();

    /** One JVM, with what it has said so far. */
    static final class RealNode {
        final Process process;
        final Path trace;
        final List<JsonNode> said = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Void> read;
        private final CompletableFuture<String> complaint;

        RealNode(Process process, Path trace) {
            this.process = process;
            this.trace = trace;
            this.read = CompletableFuture.runAsync(this::read, task -> new Thread(task).start());
            this.complaint = CompletableFuture.supplyAsync(
                    () -> text(process.getErrorStream()), task -> new Thread(task).start());
        }

        private void read() {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    said.add(JSON.readTree(line));
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String text(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return e.toString();
            }
        }

        long count(String event) {
            return said.stream().filter(one -> one.get("event").asText().equals(event)).count();
        }

        void awaitSaid(String event, long times) throws InterruptedException {
            while (count(event) < times) {
                assertTrue(process.isAlive(), () -> "it has ended: " + complaint.join());
                Thread.sleep(10);
            }
        }

        void signal(String name) throws Exception {
            int status = new ProcessBuilder(
                    "kill", "-" + name, Long.toString(process.pid())).start().waitFor();
            assertTrue(status == 0 || !process.isAlive(), name);
        }

        /** Its exit status, once it has ended. */
        int await() throws InterruptedException {
            int status = process.waitFor();
            read.join();
            return status;
        }

        String complaint() {
            return complaint.join().strip();
        }

        List<String> processes() {
            List<String> names = new ArrayList<>();
            said.stream().filter(one -> one.get("event").asText().equals("started"))
                    .forEach(one -> one.get("processes").forEach(p -> names.add(p.asText())));
            return names;
        }
    }

    /** @param arguments of every node */
    RealNodes(Path folder, String... arguments) {
        this.folder = folder;
        this.arguments = List.of(arguments);
    }

    /** Starts one more node, which finds the others through the first. */
    RealNode start(String... more) throws IOException {
        Proxy proxy = new Proxy(Proxy.freePort());
        proxies.add(proxy);
        Path trace = folder.resolve("node-" + proxies.size() + ".ndjson");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-cp", System.getProperty("java.class.path"), Main.class.getName(), "node",
                "--json", "--parent", Long.toString(ProcessHandle.current().pid()),
                "--listen", "127.0.0.1:" + proxy.target(),
                "--advertise", "127.0.0.1:" + proxy.port(), "--trace", trace.toString()));
        command.addAll(arguments);
        command.addAll(List.of(more));
        if (proxies.size() > 1) {
            command.addAll(List.of("--seed-nodes", "127.0.0.1:" + proxies.get(0).port()));
        }
        RealNode node = new RealNode(new ProcessBuilder(command).start(), trace);
        nodes.add(node);
        return node;
    }

    RealNode get(int i) {
        return nodes.get(i);
    }

    List<RealNode> all() {
        return nodes;
    }

    Proxy proxy(int i) {
        return proxies.get(i);
    }

    /** The ordinary audit of all traces, of which the unfinished ones are lost at their ends. */
    String audit() throws Exception {
        List<String> command = new ArrayList<>(List.of("audit"));
        for (RealNode node : nodes) {
            if (Files.exists(node.trace)) {
                command.add(node.trace.toString());
            } else {
                command.add(node.trace + ".unfinished");
                node.processes().forEach(p -> command.addAll(List.of("--lost", p)));
            }
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.run(
                new PrintWriter(out), new PrintWriter(err), command.toArray(String[]::new));
        assertEquals(0, status, () -> command + "\n" + out + err);
        return out.toString();
    }

    @Override
    public void close() throws IOException {
        nodes.forEach(node -> node.process.destroyForcibly());
        for (Proxy proxy : proxies) {
            proxy.close();
        }
    }
}
