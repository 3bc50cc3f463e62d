package org.chandylamport.cli;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.chandylamport.cluster.NodeConfiguration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that connect a node with the others: as flags, or in a file. */
final class NodeOptions {

    private static final String SECTION = "chandy-lamport";
    private static final ImmutableSet<String> KEYS = ImmutableSet.of("listen", "advertise",
            "seed-nodes", "nodes", "capacity", "start-timeout", "snapshot-timeout");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE",
            description = "A file in HOCON with a section chandy-lamport, which may set listen,"
                    + " advertise, seed-nodes, nodes, capacity, start-timeout and"
                    + " snapshot-timeout, and a section pekko, whose settings take the place of"
                    + " the defaults. A flag goes before the file.")
    private @Nullable Path file;

    @Option(names = "--listen", paramLabel = "HOST:PORT",
            description = "Where to listen (default: a free port at 127.0.0.1).")
    private @Nullable String listen;

    @Option(names = "--advertise", paramLabel = "HOST:PORT",
            description = "Where the others reach this node, if that is not where it listens.")
    private @Nullable String advertise;

    @Option(names = "--seed-nodes", paramLabel = "HOST:PORT", split = ",",
            description = "Nodes that know the others; the same list at all nodes. Without it this"
                    + " is the first node.")
    private @Nullable List<String> seeds;

    @Option(names = "--nodes", paramLabel = "N",
            description = "How many nodes there are; the run starts when all are there"
                    + " (default: 3).")
    private @Nullable Integer nodes;

    /** Tells the configuration of a node what the options say. */
    void apply(NodeConfiguration<?, ?> configuration) {
        try {
            Config given = file();
            requireKnown(given);
            Config section = given.hasPath(SECTION)
                    ? given.getConfig(SECTION) : ConfigFactory.empty();
            if (given.hasPath("pekko")) {
                configuration.pekko(given.withOnlyPath("pekko"));
            }
            configuration.listen(text(listen, section, "listen", "127.0.0.1:0"));
            configuration.advertise(text(advertise, section, "advertise", ""));
            configuration.seeds(seeds != null ? seeds
                    : section.hasPath("seed-nodes") ? section.getStringList("seed-nodes")
                    : List.of());
            configuration.nodes(nodes != null ? nodes
                    : section.hasPath("nodes") ? section.getInt("nodes") : 3);
            if (section.hasPath("capacity")) {
                configuration.capacity(section.getInt("capacity"));
            }
            if (section.hasPath("start-timeout")) {
                configuration.startTimeout(section.getDuration("start-timeout"));
            }
            if (section.hasPath("snapshot-timeout")) {
                configuration.snapshotTimeout(section.getDuration("snapshot-timeout"));
            }
        } catch (ConfigException | IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new ParameterException(spec.commandLine(),
                    file == null ? message : "--config " + file + ": " + message, e);
        }
    }

    private Config file() {
        if (file == null) {
            return ConfigFactory.empty();
        }
        if (!Files.isReadable(file)) {
            throw new ParameterException(spec.commandLine(),
                    "--config " + file + " cannot be read");
        }
        return ConfigFactory.parseFile(file.toFile()).resolve();
    }

    private static void requireKnown(Config given) {
        Set<String> unknown = Sets.difference(
                given.root().keySet(), ImmutableSet.of(SECTION, "pekko"));
        if (unknown.isEmpty() && given.hasPath(SECTION)) {
            unknown = Sets.difference(given.getConfig(SECTION).root().keySet(), KEYS);
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("nobody knows '" + unknown.iterator().next()
                    + "'; the section " + SECTION + " may set " + String.join(", ", KEYS));
        }
    }

    private static String text(
            @Nullable String flag, Config section, String key, String otherwise) {
        return flag != null ? flag : section.hasPath(key) ? section.getString(key) : otherwise;
    }
}
