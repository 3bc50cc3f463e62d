package org.chandylamport.spec;

import static com.google.common.base.Preconditions.checkState;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The table of models in {@code spec/README.md}, which runs of TLC fill. */
final class ModelTable {

    private static final Path README = Model.SPEC.resolve("README.md");
    private static final String HEAD = "| model | TLC finds | seconds | what it shows |";
    private static final String RULE = "|---|---|---|---|";

    private final List<String> before = new ArrayList<>();
    private final Map<String, String> rows = new HashMap<>();
    private final List<String> after = new ArrayList<>();

    private ModelTable() {}

    static ModelTable read() {
        try {
            ModelTable table = new ModelTable();
            List<String> part = table.before;
            for (String line : Files.readAllLines(README)) {
                if (line.startsWith("| `")) {
                    table.rows.put(line.substring(3, line.indexOf('`', 3)), line);
                    part = table.after;
                } else if (!line.equals(HEAD) && !line.equals(RULE)) {
                    part.add(line);
                } else {
                    part = table.after;
                }
            }
            checkState(part == table.after, "%s has no table %s", README, HEAD);
            return table;
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + README, e);
        }
    }

    /** The first cells of a row: a model and what TLC must find. */
    static String result(Model model) {
        String found = model.violates().isEmpty()
                ? String.format(Locale.ROOT, "%,d states", model.distinctStates().orElseThrow())
                : "`" + model.violates() + "` violated";
        String deep = model.isDeep() ? " (deep)" : "";
        return "| `" + model.name() + "`" + deep + " | " + found + " |";
    }

    /** The first cells of every row. */
    Set<String> results() {
        Set<String> results = new HashSet<>();
        for (String row : rows.values()) {
            results.add(row.substring(0, row.indexOf('|', row.indexOf('|', 1) + 1) + 1));
        }
        return results;
    }

    /** Takes note of a run that found what it should. */
    void put(Model model, Tlc.Result result) {
        double seconds = result.time().toMillis() / 1000.0;
        rows.put(model.name(), String.format(Locale.ROOT, "%s %.1f | %s |",
                result(model), seconds, model.shows()));
    }

    /** Writes a row for each model that was ever run, the others as they were. */
    void write(Iterable<Model> models) throws IOException {
        List<String> lines = new ArrayList<>(before);
        lines.add(HEAD);
        lines.add(RULE);
        for (Model model : models) {
            if (rows.containsKey(model.name())) {
                lines.add(rows.get(model.name()));
            }
        }
        lines.addAll(after);
        Files.write(README, lines);
    }
}
