package org.chandylamport.trace;

import com.google.common.collect.ImmutableList;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The model checker TLC, in a JVM of its own for each run: a second run in one JVM may end it. A
 * run has its own folder, for states and temporary files too, because parallel runs would overwrite
 * each other's.
 */
public final class Tlc {

    /** What TLC prints where all was explored and nothing is wrong. */
    public static final String BANNER = "Model checking completed. No error has been found.";

    private Tlc() {}

    /** What TLC printed, and its exit status. */
    public record Result(int status, ImmutableList<String> output) {

        /** Whether TLC says, in both ways it has, that all was explored and nothing is wrong. */
        public boolean isComplete() {
            return status == 0 && output.contains(BANNER);
        }

        /** The exit status and the end of the output. */
        @Override
        public String toString() {
            int length = output.size();
            return "TLC exits with " + status + "\n"
                    + String.join("\n", output.subList(Math.max(0, length - 120), length));
        }
    }

    /**
     * Runs TLC in a folder that holds the modules and the model, and waits for it.
     *
     * @param jvm options of its JVM
     * @param arguments of TLC
     * @param atMost after this it is killed
     * @param progress takes each line that it prints
     */
    public static Result run(
            Path folder,
            List<String> jvm,
            List<String> arguments,
            Duration atMost,
            Consumer<String> progress)
            throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-Djava.io.tmpdir=" + temporary,
                "-cp", classPath(), "tlc2.TLC", "-metadir", folder.resolve("states").toString()));
        command.addAll(arguments);
        return fork(command, folder, atMost, progress);
    }

    /**
     * Runs a program in a folder, and waits for it; it ends with this JVM.
     *
     * @param atMost after this it is killed
     * @param progress takes each line that it prints
     */
    public static Result fork(
            List<String> command, Path folder, Duration atMost, Consumer<String> progress)
            throws IOException {
        Process tlc = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        Thread end = new Thread(tlc::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end);
        CompletableFuture<Process> exit =
                tlc.onExit().orTimeout(atMost.toSeconds(), TimeUnit.SECONDS);
        CompletableFuture<Process> killed = exit.exceptionally(late -> {
            // By its handle, which leaves what it printed to be read to its end.
            tlc.toHandle().destroyForcibly();
            return tlc;
        });
        ImmutableList.Builder<String> output = ImmutableList.builder();
        try (BufferedReader reader = tlc.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.add(line);
                progress.accept(line);
            }
        }
        int status = killed.join().onExit().join().exitValue();
        Runtime.getRuntime().removeShutdownHook(end);
        return new Result(status, output.build());
    }

    /** Absolute, because TLC runs in another folder. */
    private static String classPath() {
        String separator = System.getProperty("path.separator");
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(separator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(separator, entries);
    }
}
