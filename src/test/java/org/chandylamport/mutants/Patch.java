package org.chandylamport.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * One line of the real source, replaced.
 *
 * @param file the source file, below src/main/java/org/chandylamport
 * @param line the line that is replaced, without the white space around it; stands there once
 */
public record Patch(String file, String line, String replacement) {

    private static final Path MAIN = Path.of("src/main/java/org/chandylamport");

    /** Puts the classes of the patched file into the folder, and the file. */
    public void compile(Path folder) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(MAIN.resolve(file)));
        List<Integer> matches = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).strip().equals(line))
                .boxed()
                .toList();
        if (matches.size() != 1) {
            throw new IllegalStateException(
                    "\"" + line + "\" stands " + matches.size() + " times in " + file);
        }
        Collections.replaceAll(lines, lines.get(matches.get(0)), replacement);
        Path source = Files.write(folder.resolve(Path.of(file).getFileName()), lines);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int exit = compiler.run(null, null, null, "-g", "-parameters", "-proc:none",
                "-cp", System.getProperty("java.class.path"),
                "-d", folder.toString(), source.toString());
        if (exit != 0) {
            throw new IllegalStateException(this + " does not compile");
        }
    }
}
