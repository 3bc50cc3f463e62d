package org.chandylamport.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.chandylamport.spec.Tlc;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A second solver agrees with z3 on every obligation: cvc5 or a z3 of its own, where one is on the
 * path.
 */
@Tag("deep")
class SecondSolverTest {

    private static final Path FOLDER = Path.of("target", "proof");
    private static final Duration AT_MOST = Duration.ofMinutes(10);

    /** The options with which a solver looks for finite models, too. */
    private static final ImmutableMap<String, List<String>> SOLVERS = ImmutableMap.of(
            "cvc5", List.of("--lang=smt2", "--incremental", "--finite-model-find"),
            "z3", List.of("-smt2"));

    @Test
    void aSecondSolverShowsEveryObligation() throws IOException, InterruptedException {
        Optional<Path> solver = SOLVERS.keySet().stream().flatMap(name -> installed(name).stream())
                .findFirst();
        assumeTrue(solver.isPresent(), "no second solver: neither of "
                + SOLVERS.keySet() + " is installed");
        String name = solver.get().getFileName().toString();
        Theory theory = Theory.read();
        ImmutableList<Obligation> obligations = Obligations.of(theory);
        StringBuilder script = new StringBuilder(theory.text());
        List<String> expected = new ArrayList<>();
        for (Obligation obligation : obligations) {
            script.append("(push 1)\n").append(obligation.question())
                    .append("(check-sat)\n(pop 1)\n");
            expected.add(obligation.expected() + " " + obligation);
        }
        Files.createDirectories(FOLDER);
        Path file = Files.writeString(FOLDER.resolve("obligations.smt2"), script);
        List<String> command = new ArrayList<>(List.of(solver.get().toString()));
        command.addAll(SOLVERS.get(name));
        command.add(file.toAbsolutePath().toString());
        Tlc.Result result = Tlc.run(command, FOLDER, AT_MOST, line -> {});
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < obligations.size() && i < result.output().size(); i++) {
            answers.add(result.output().get(i) + " " + obligations.get(i));
        }
        assertEquals(String.join("\n", expected), String.join("\n", answers));
        System.out.printf("%d obligations of the proof are shown by %s, too, in %d s.%n",
                answers.size(), name, result.time().toSeconds());
    }

    private static Optional<Path> installed(String name) {
        return Splitter.on(File.pathSeparatorChar)
                .splitToStream(Strings.nullToEmpty(System.getenv("PATH")))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
