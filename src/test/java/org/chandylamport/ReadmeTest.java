package org.chandylamport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README stays true: its code compiles and runs, its links lead somewhere. */
class ReadmeTest {

    private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
    private static final Pattern TEST = Pattern.compile("-Dtest=([\\w,]+)");

    @TempDir
    private Path folder;

    private static String readme() throws Exception {
        return Files.readString(Path.of("README.md"));
    }

    private static List<String> all(Pattern pattern) throws Exception {
        Matcher matcher = pattern.matcher(readme());
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        assertTrue(!found.isEmpty(), "the README has nothing like " + pattern);
        return found;
    }

    @Test
    void theCodeOfTheReadmeRunsAndKeepsTheMoney() throws Exception {
        List<String> blocks = all(CODE);
        assertEquals(1, blocks.size());
        Path source = Files.writeString(folder.resolve("Example.java"), """
                import java.util.*;
                import org.chandylamport.*;
                import org.chandylamport.model.*;
                import org.chandylamport.runtime.*;
                public class Example {
                    public static void run() {
                %s
                    }
                }
                """.formatted(blocks.get(0)));
        int exit = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none",
                "-cp", System.getProperty("java.class.path"), "-d", folder.toString(),
                source.toString());
        assertEquals(0, exit, "the code compiles");
        assertEquals(300, money(printed()));
    }

    private String printed() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            loader.loadClass("Example").getMethod("run").invoke(null);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int money(String printed) {
        assertTrue(printed.matches("\\{alice=\\d+, bob=\\d+, carol=\\d+( \\|.*)?\\}\\R"), printed);
        return Pattern.compile("\\d+").matcher(printed).results()
                .mapToInt(match -> Integer.parseInt(match.group())).sum();
    }

    @Test
    void everyLinkLeadsToAFile() throws Exception {
        for (String link : all(LINK)) {
            assertTrue(Files.exists(Path.of(link)), link);
        }
    }

    @Test
    void everyTestThatIsNamedExists() throws Exception {
        for (String tests : all(TEST)) {
            for (String test : tests.split(",")) {
                try (var files = Files.walk(Path.of("src/test/java"))) {
                    assertTrue(files.anyMatch(file -> file.endsWith(test + ".java")), test);
                }
            }
        }
    }
}
