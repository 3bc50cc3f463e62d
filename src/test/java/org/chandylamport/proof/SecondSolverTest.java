package org.chandylamport.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.common.base.Splitter;
import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.chandylamport.spec.Tlc;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Other solvers agree with z3 of the build on every obligation, where they are on the path. */
@Tag("deep")
class SecondSolverTest {

    private static final Path FOLDER = Path.of("target", "proof");
    private static final Duration AT_MOST = Duration.ofMinutes(15);

    /** The options with which a solver looks for finite models, too. */
    private static final ImmutableMap<String, List<String>> SOLVERS = ImmutableMap.of(
            "cvc5", List.of("--lang=smt2", "--incremental", "--finite-model-find"),
            "z3", List.of("-smt2"));

    @TestFactory
    Stream<DynamicTest> anotherSolverShowsEveryObligation() {
        return SOLVERS.keySet().stream().map(name -> dynamicTest(name, () -> {
            Optional<Path> solver = installed(name);
            assumeTrue(solver.isPresent(), name + " is not installed: it was not asked");
            ask(solver.get(), SOLVERS.get(name));
        }));
    }

    private static void ask(Path solver, List<String> options)
            throws IOException, InterruptedException {
        Theory theory = Theory.read();
        ImmutableList<Obligation> obligations = Obligations.of(theory);
        StringBuilder script = new StringBuilder(theory.text());
        obligations.forEach(obligation -> script.append("(push 1)\n")
                .append(obligation.question()).append("(check-sat)\n(pop 1)\n"));
        Files.createDirectories(FOLDER);
        Path file = Files.writeString(FOLDER.resolve("obligations.smt2"), script);
        List<String> command = new ArrayList<>(List.of(solver.toString()));
        command.addAll(options);
        command.add(file.toAbsolutePath().toString());
        Tlc.Result result = Tlc.run(command, FOLDER, AT_MOST, line -> {});
        assertEquals(obligations.size(), result.output().size(), result::toString);
        for (int i = 0; i < obligations.size(); i++) {
            assertEquals(obligations.get(i).expected(), result.output().get(i),
                    obligations.get(i).name());
        }
        System.out.printf("%d obligations of the proof are shown by %s, too, in %d s.%n",
                obligations.size(), solver.getFileName(), result.time().toSeconds());
    }

    private static Optional<Path> installed(String name) {
        return Splitter.on(File.pathSeparatorChar)
                .splitToStream(Strings.nullToEmpty(System.getenv("PATH")))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
