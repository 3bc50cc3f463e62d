package org.chandylamport.mutants;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bugs that implementations of the algorithm are known to have had: each is put into ours, and a
 * property of the system refutes it. The properties would notice.
 */
class KnownBugsTest {

    private static final String SNAPSHOTS =
            "sim.SystemProperties#everySnapshotPassesAllOracles";

    private static final List<Mutant> CATALOGUE = List.of();

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> eachKnownBugIsRefuted() {
        return CATALOGUE.stream().map(mutant -> DynamicTest.dynamicTest(mutant.toString(), () -> {
            Path classes = Files.createDirectory(folder.resolve(mutant.name().replace(' ', '-')));
            assertTrue(mutant.refutation(classes).isPresent(),
                    "the bug goes unnoticed: " + mutant.line() + " => " + mutant.replacement());
        }));
    }
}
