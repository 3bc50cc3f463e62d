package org.chandylamport.spec;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A model: a {@code .cfg} file of {@code spec/}, which says in its first lines, after {@code \*},
 * what TLC must find.
 *
 * <pre>
 * shows: what a reader learns from it
 * module: the module to check
 * distinct states: how many there are
 * never: the actions that cannot occur in it
 * violates: the property that must be violated
 * mutant of MODULE:
 *   - a line of the module, which stands there exactly once
 *   + what stands there instead
 * deep
 * </pre>
 *
 * @param never actions of which no step exists in this model; of all others one must
 * @param violates the property that must be violated, or empty if the model must hold
 * @param mutants changes of modules, at most one
 */
public record Model(
        Path file,
        String shows,
        String module,
        OptionalLong distinctStates,
        ImmutableSet<String> never,
        String violates,
        ImmutableList<Mutant> mutants,
        boolean isDeep,
        ImmutableList<String> properties) {

    static final Path SPEC = Path.of("spec");

    /** All models of a folder of spec/, in order of their names. */
    static ImmutableList<Model> in(String folder) {
        try (Stream<Path> files = Files.list(SPEC.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".cfg"))
                    .map(Model::read)
                    .sorted(Comparator.comparing(Model::name))
                    .collect(ImmutableList.toImmutableList());
        } catch (IOException e) {
            throw new IllegalStateException("cannot list " + folder, e);
        }
    }

    public static Model read(Path file) {
        List<String> lines = lines(file);
        String states = header(lines, "distinct states");
        return new Model(
                file,
                header(lines, "shows"),
                header(lines, "module"),
                states.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(states)),
                ImmutableSet.copyOf(
                        Splitter.on(", ").omitEmptyStrings().split(header(lines, "never"))),
                header(lines, "violates"),
                Mutant.in(lines),
                lines.contains("\\* deep"),
                properties(lines));
    }

    String name() {
        return file.getFileName().toString().replace(".cfg", "");
    }

    /** What the constant is, as it stands there: {@code 2} or {@code {"p", "q"}}. */
    public String constant(String name) {
        Matcher matcher = Pattern.compile("\\b" + name + " = (\\{[^}]*\\}|\\S+)")
                .matcher(String.join("\n", lines(file)));
        checkArgument(matcher.find(), "%s has no constant %s", file, name);
        return matcher.group(1);
    }

    /** Whether TLC must look at infinite behaviors, which it does well with one worker only. */
    boolean isLiveness() {
        return properties.stream().anyMatch(property -> property.startsWith("Eventually"));
    }

    /** Puts the modules, one of them changed if this is a mutant, and this file into a folder. */
    void copyTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.copy(file, folder.resolve(file.getFileName()));
        try (Stream<Path> files = Files.list(SPEC)) {
            for (Path source : files.filter(f -> f.toString().endsWith(".tla")).toList()) {
                Files.copy(source, folder.resolve(source.getFileName()));
            }
        }
        for (Mutant mutant : mutants) {
            Path changed = folder.resolve(mutant.module + ".tla");
            Files.write(changed, mutant.applyTo(Files.readAllLines(changed)));
        }
    }

    /** The names in the PROPERTIES section. */
    private static ImmutableList<String> properties(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("PROPERTIES "))
                .flatMap(line -> Splitter.on(' ').splitToStream(line).skip(1))
                .collect(ImmutableList.toImmutableList());
    }

    private static String header(List<String> lines, String key) {
        String start = "\\* " + key + ": ";
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElse("");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    /**
     * A change of one line of a module.
     *
     * @param line the line, without the blanks around it
     * @param instead what stands there instead, as long as the blanks before it
     */
    public record Mutant(String module, String line, ImmutableList<String> instead) {

        private static final Pattern START = Pattern.compile("\\\\\\* mutant of (\\w+):");
        private static final String OLD = "\\*   - ";
        private static final String NEW = "\\*   + ";

        static ImmutableList<Mutant> in(List<String> lines) {
            ImmutableList.Builder<Mutant> mutants = ImmutableList.builder();
            for (int i = 0; i < lines.size(); i++) {
                Matcher start = START.matcher(lines.get(i));
                if (start.matches()) {
                    checkArgument(lines.get(i + 1).startsWith(OLD), "no line to change: %s", lines);
                    mutants.add(new Mutant(start.group(1), lines.get(i + 1).substring(OLD.length()),
                            lines.stream().skip(i + 2)
                                    .takeWhile(line -> line.startsWith(NEW))
                                    .map(line -> line.substring(NEW.length()))
                                    .collect(ImmutableList.toImmutableList())));
                }
            }
            return mutants.build();
        }

        public List<String> applyTo(List<String> source) {
            List<Integer> places = IntStream.range(0, source.size())
                    .filter(i -> source.get(i).strip().equals(line))
                    .boxed()
                    .collect(Collectors.toList());
            checkArgument(places.size() == 1,
                    "%s has %s lines that a mutant changes: %s", module, places.size(), line);
            int place = places.get(0);
            String indent = " ".repeat(source.get(place).indexOf(line));
            List<String> changed = new ArrayList<>(source);
            changed.remove(place);
            changed.addAll(place, instead.stream().map(l -> indent + l).toList());
            return changed;
        }
    }
}
