package org.chandylamport.cli;

import java.io.IOException;
import org.chandylamport.app.App;
import org.chandylamport.model.Snapshot;
import org.chandylamport.store.SnapshotStore;

/** Where the snapshots of an app are saved, and with them how it can be run again. */
record Saving<S, M>(SnapshotStore store, String workload, App<S, M> app) {

    void save(Snapshot<S, M> snapshot) throws IOException {
        store.save(snapshot, workload, app.snapshotCodec());
    }
}
