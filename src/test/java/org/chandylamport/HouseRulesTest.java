package org.chandylamport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a reader may rely on: short files, short methods, short lines, and telling names. */
class HouseRulesTest {

    private static final int FILE = 250;
    private static final Pattern TESTS = Pattern.compile(".*(Test|Properties|IT)\\.java");
    private static final int METHOD = 40;
    private static final int LINE = 100;
    private static final int CORE = 120;
    private static final Pattern METHOD_START = Pattern.compile(
            "^(    |        )(?!return|throw|new|else)[\\w<][\\w<>,.?@\\[\\] ]* \\w+\\([^;]*$");
    private static final Pattern VAGUE = Pattern.compile(
            "(Manager|Handler|Context|Helper|Utils?|Impl|Info|Data)\\.java$|/(Abstract|Base)[A-Z]");

    private static List<Path> sources(String... roots) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String root : roots) {
            try (Stream<Path> walk = Files.walk(Path.of(root))) {
                walk.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
            }
        }
        assertTrue(files.size() > 0, "no sources: the test runs in the wrong folder");
        return files;
    }

    @Test
    void aFileFitsOnAFewScreens() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources("src/main/java", "src/test/java", "jmh", "jcstress")) {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() > FILE && !TESTS.matcher(file.toString()).matches()) {
                tooLong.add(file + ": " + lines.size() + " lines");
            }
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).length() > LINE) {
                    tooLong.add(file + ":" + (i + 1) + ": " + lines.get(i).length() + " columns");
                }
            }
        }
        assertEquals(List.of(), tooLong);
    }

    @Test
    void aMethodFitsOnOneScreen() throws IOException {
        List<String> tooLong = new ArrayList<>();
        int methods = 0;
        for (Path file : sources("src/main/java")) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (METHOD_START.matcher(lines.get(i)).matches()) {
                    String end = lines.get(i).replaceAll("\\S.*", "") + "}";
                    int length = lines.subList(i, lines.size()).indexOf(end) + 1;
                    methods++;
                    if (length > METHOD && !lines.get(i).matches(".*\\b(class|record) .*")) {
                        tooLong.add(file + ":" + (i + 1) + ": " + length + " lines");
                    }
                }
            }
        }
        assertEquals(List.of(), tooLong);
        assertTrue(methods > 100, "the pattern finds methods: " + methods);
    }

    @Test
    void theCoreIsAboutAsLongAsItsSpecification() throws IOException {
        Path core = Path.of("src/main/java/org/chandylamport/protocol/ChandyLamport.java");
        long code = Files.readAllLines(core).stream()
                .filter(line -> !line.matches("\\s*(//.*|/?\\*.*|import .*|package .*|)"))
                .count();
        assertTrue(code <= CORE, code + " lines of code in " + core);
    }

    @Test
    void namesSayWhatAThingIs() throws IOException {
        assertEquals(List.of(), sources("src/main/java").stream()
                .filter(file -> VAGUE.matcher(file.toString()).find()).toList());
    }
}
