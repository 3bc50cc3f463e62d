package org.chandylamport.runtime;

import org.chandylamport.Network;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;

/** An exchange on this project's runtime, with two workers. */
final class NetworkExchange implements Exchange {

    private final Network<Integer, Integer> network;
    private final ProcessId[] processes;
    private int next;

    NetworkExchange(Graph graph, GlobalState<Integer, Integer> initial) {
        processes = graph.topology().processes().toArray(ProcessId[]::new);
        network = Network.configure(
                graph.topology(), graph.behaviors()::get, initial).workers(2).start();
    }

    @Override
    public long received() {
        return network.received();
    }

    /** Initiates a snapshot, at each process in turn. */
    PendingSnapshot<Integer, Integer> initiate() {
        next = (next + 1) % processes.length;
        return network.snapshot(processes[next]);
    }

    @Override
    public Object snapshot() {
        return initiate().join();
    }

    @Override
    public void close() {
        network.close();
    }
}
