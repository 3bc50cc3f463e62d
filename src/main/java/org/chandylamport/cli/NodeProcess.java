package org.chandylamport.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A JVM of its own that runs the command {@code node}, and says as JSON what happens there. */
final class NodeProcess {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final CompletableFuture<Void> said;
    private final CompletableFuture<String> complaint;

    private NodeProcess(Process process, Consumer<JsonNode> listener) {
        this.process = process;
        this.said = CompletableFuture.runAsync(() -> {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("{")) {
                        listener.accept(JSON.readTree(line));
                    }
                }
            } catch (IOException e) {
                process.destroyForcibly();
            }
        }, task -> daemon(task));
        this.complaint = CompletableFuture.supplyAsync(() -> {
            try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
                return String.join("\n", lines.lines().toList());
            } catch (IOException e) {
                return e.toString();
            }
        }, task -> daemon(task));
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "node-output");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Starts a node.
     *
     * @param isShort whether it will not run for long: it is then compiled sooner, and less well
     * @param arguments of the command {@code node}
     * @param listener is told what the node says, by one thread
     */
    static NodeProcess start(
            boolean isShort, List<String> arguments, Consumer<JsonNode> listener)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=" + (isShort ? 1 : 4),
                "-cp", requireNonNull(System.getProperty("java.class.path")),
                Main.class.getName(), "node", "--json",
                "--parent", Long.toString(ProcessHandle.current().pid())));
        command.addAll(arguments);
        return new NodeProcess(new ProcessBuilder(command).start(), listener);
    }

    /** Waits until the node has ended and all that it said has been told; its exit status. */
    int await() throws InterruptedException {
        int status = process.waitFor();
        said.join();
        return status;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What the node complained of; after its end. */
    String complaint() {
        return complaint.join();
    }

    /** Ends the node at once. */
    void kill() {
        process.destroyForcibly();
    }
}
