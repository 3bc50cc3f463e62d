package org.chandylamport.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chandylamport.app.App;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.store.SnapshotStore;
import org.chandylamport.store.SnapshotStore.Found;
import org.chandylamport.store.StoredSnapshot;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that save snapshots, and go on from a saved one. */
final class RecoveryOptions {

    private static final int KEPT = 10;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--save", paramLabel = "DIR",
            description = "Save the initial state and every snapshot in this directory, which keeps"
                    + " the newest " + KEPT + ".")
    private @Nullable Path save;

    @Option(names = "--restore", paramLabel = "DIR",
            description = "Go on from the newest whole snapshot in this directory, with the app,"
                    + " the graph and the seed that it was saved with. Add --save with the same"
                    + " directory to be able to go on from there again.")
    private @Nullable Path restore;

    /** What is there to go on from, or null where that is not asked. Names damaged files. */
    @Nullable Found found() throws IOException {
        if (restore == null) {
            return null;
        }
        for (String other : new String[] {
            "--app", "--messages", "--seed", "--topology", "--processes", "--bug"}) {
            if (spec.commandLine().getParseResult().hasMatchedOption(other)) {
                throw new ParameterException(spec.commandLine(), other
                        + " cannot be chosen with --restore: it is as it was saved");
            }
        }
        Found found = new SnapshotStore(restore, KEPT).newest();
        found.damaged().forEach((file, why) -> spec.commandLine().getErr()
                .println("chandy-lamport: " + file + " is passed over: " + why));
        if (found.newest().isEmpty()) {
            throw new IOException("--restore " + restore + ": there is no "
                    + (found.damaged().isEmpty() ? "" : "whole ") + "snapshot");
        }
        return found;
    }

    /** The arguments with which another program goes on from there; none where none does. */
    ImmutableList<String> toRestore() {
        return restore == null ? ImmutableList.of()
                : ImmutableList.of("--restore", restore.toString());
    }

    /** The arguments with which another program saves there; none where none does. */
    ImmutableList<String> toSave() {
        return save == null ? ImmutableList.of() : ImmutableList.of("--save", save.toString());
    }

    /** The snapshot that an app goes on from: the stored one, or one numbered 0 of its start. */
    static <S, M> Snapshot<S, M> from(
            Topology topology, App<S, M> app, @Nullable StoredSnapshot stored) throws IOException {
        if (stored == null) {
            return new Snapshot<>(new SnapshotId(0), ImmutableSortedSet.of(), app.initial());
        }
        Snapshot<S, M> from = stored.decode(app.snapshotCodec());
        GlobalState<S, M> expected = app.initial();
        if (!from.state().processes().keySet().equals(topology.processes())
                || !from.state().channels().keySet().equals(expected.channels().keySet())) {
            throw new IOException(stored + " holds processes or channels that its app has not");
        }
        return from;
    }

    /**
     * Where snapshots are saved, the one that the app starts from among them; null if they are not.
     *
     * @throws IOException if the directory holds snapshots of another run
     */
    <S, M> @Nullable Saving<S, M> saving(
            Workload workload, App<S, M> app, Snapshot<S, M> from) throws IOException {
        if (save == null) {
            return null;
        }
        SnapshotStore store = new SnapshotStore(save, KEPT);
        Saving<S, M> saving = new Saving<>(store, workload.line(), app);
        if (restore == null || !isSame(restore, save)) {
            Found found = store.newest();
            if (found.newest().isPresent() || !found.damaged().isEmpty()) {
                throw new ParameterException(spec.commandLine(), "--save " + save + " holds"
                        + " snapshots; add --restore " + save + " to go on from them, or remove"
                        + " them");
            }
            saving.save(from);
        }
        return saving;
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        return Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
    }
}
