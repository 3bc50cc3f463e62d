package org.chandylamport.runtime;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;

/**
 * Processes p and q with a channel each way, wired as {@link Engine} wires them, and snapshot 1,
 * open. The two workers have no threads: whoever tests calls {@link #run} from a thread of its own.
 * Futures complete in the thread that completes them.
 */
final class Pair {

    static final ProcessId P = new ProcessId("p");
    static final ProcessId Q = new ProcessId("q");
    static final Channel PQ = new Channel("p->q", P, Q);
    static final Channel QP = new Channel("q->p", Q, P);

    /** A state with a plain field: it can be seen half-made where its publication has no edge. */
    static final class Account {
        int balance;

        Account(int balance) {
            this.balance = balance;
        }
    }

    /** A message with a plain field. */
    static final class Letter {
        int amount;

        Letter(int amount) {
            this.amount = amount;
        }
    }

    private static final Behavior<Account, Letter> BEHAVIOR = (account, channel, letter, outbox) ->
            new Account(account.balance + letter.amount);

    final AtomicInteger completions = new AtomicInteger();
    final Workers<Account, Letter> workers;
    final Collector<Account, Letter> collector = new Collector<>(
            new Topology(List.of(P, Q), List.of(PQ, QP)), new SnapshotId(1), this::complete,
            () -> false);
    final PendingSnapshot<Account, Letter> pending = collector.open();
    final LocalProcess<Account, Letter> p;
    final LocalProcess<Account, Letter> q;
    final ChannelQueue<Account, Letter> pq;
    final ChannelQueue<Account, Letter> qp;

    /** Both processes own 100, both channels are empty, and nobody runs the processes. */
    Pair() {
        this(null, null);
    }

    /** The same, with these logs. */
    Pair(EventLog<Account, Letter> logOfP, EventLog<Account, Letter> logOfQ) {
        this(new Workers<>(2, (process, cause) -> {}, () -> {}), BEHAVIOR, List.of(),
                logOfP, logOfQ);
    }

    /** Both processes own 100, and the channel from p to q holds these messages. */
    Pair(
            Workers<Account, Letter> workers,
            Behavior<Account, Letter> behavior,
            List<Letter> inTransit,
            EventLog<Account, Letter> logOfP,
            EventLog<Account, Letter> logOfQ) {
        this.workers = workers;
        p = new LocalProcess<>(P, 0, collector, logOfP);
        q = new LocalProcess<>(Q, 1, collector, logOfQ);
        pq = new ChannelQueue<>(PQ, p, q);
        qp = new ChannelQueue<>(QP, q, p);
        p.connect(new Account(100), behavior, List.of(QP), List.of(pq));
        q.connect(new Account(100), behavior, List.of(PQ), List.of(qp));
        pq.connect(q.core().incoming().get(0), inTransit);
        qp.connect(p.core().incoming().get(0), List.of());
    }

    private void complete(Runnable task) {
        completions.incrementAndGet();
        task.run();
    }

    /** Asks something of a process, as {@link Engine} does. */
    void ask(
            LocalProcess<Account, Letter> process,
            Consumer<LocalProcess<Account, Letter>> action) {
        if (process.inbox().push(new Request<>(action, reason -> {}))) {
            workers.share(process);
        }
    }

    /** Asks p or q to initiate snapshot 1. */
    void askToInitiate(LocalProcess<Account, Letter> process) {
        ask(process, it -> it.initiate(pending.id()));
    }

    /** Asks p to send an amount to q. */
    void askToSend(int amount) {
        ask(p, it -> it.internal((account, outbox) -> {
            outbox.send(Q, new Letter(amount));
            return new Account(account.balance - amount);
        }));
    }

    /** Lets a worker run what it has to run, until there is nothing. */
    void run(int worker) {
        while (workers.worker(worker).runNext()) {
            Thread.onSpinWait();
        }
    }

    /** What all accounts and all letters of a snapshot hold: 200, or -1 if there is none. */
    static int total(Snapshot<Account, Letter> snapshot) {
        if (snapshot == null) {
            return -1;
        }
        int total = inTransit(snapshot);
        for (Account account : snapshot.state().processes().values()) {
            total += account.balance;
        }
        return total;
    }

    /** What the letters in the channel from p to q hold. */
    static int inTransit(Snapshot<Account, Letter> snapshot) {
        int total = 0;
        for (Letter letter : snapshot.state().channels().get(PQ)) {
            total += letter.amount;
        }
        return total;
    }
}
