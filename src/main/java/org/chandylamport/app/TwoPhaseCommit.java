package org.chandylamport.app;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.chandylamport.app.Transactions.Kind;
import org.chandylamport.app.Transactions.Message;
import org.chandylamport.app.Transactions.Shard;
import org.chandylamport.app.Transactions.Stage;
import org.chandylamport.app.Transactions.Transaction;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Outbox;
import org.chandylamport.model.ProcessId;
import org.jspecify.annotations.Nullable;

/**
 * Both parts of a process in two-phase commit. The coordinator asks the payer and the payee to
 * prepare, commits if both vote for it, and tells both; each acknowledges. The participant votes
 * for a payment that it can make out of what it has not promised to others.
 */
final class TwoPhaseCommit implements Behavior<Shard, Message> {

    private static final int MOST_OPEN = 4;

    private final ProcessId self;
    private final ImmutableSortedMap<ProcessId, Channel> peers;
    private final long transactions;
    private final boolean isHasty;

    /**
     * @param peers the channels to the neighbours
     * @param transactions how many to begin
     * @param isHasty whether it commits as soon as one participant votes for it, which is wrong
     */
    TwoPhaseCommit(
            ProcessId self,
            ImmutableSortedMap<ProcessId, Channel> peers,
            long transactions,
            boolean isHasty) {
        this.self = self;
        this.peers = peers;
        this.transactions = transactions;
        this.isHasty = isHasty;
    }

    @Override
    public Shard receive(Shard shard, Channel c, Message message, Outbox<Message> outbox) {
        String from = c.from().name();
        return switch (message.kind()) {
            case PREPARE -> prepare(shard, from, message, outbox);
            case VOTE -> vote(shard, from, message, outbox);
            case DECISION -> decision(shard, from, message, outbox);
            case ACKNOWLEDGEMENT -> acknowledgement(shard, from, message);
        };
    }

    /** Votes for what can be paid out of what is not promised to others. */
    private Shard prepare(
            Shard shard, String coordinator, Message message, Outbox<Message> outbox) {
        long promised = shard.prepared().values().stream()
                .mapToLong(change -> Math.min(change, 0)).sum();
        boolean yes = message.change() >= 0 || shard.balance() + promised + message.change() >= 0;
        send(coordinator, Kind.VOTE, message.transaction(), 0, yes, outbox);
        return yes
                ? prepared(shard, shard.balance(), message.transaction(), message.change())
                : shard;
    }

    private Shard decision(
            Shard shard, String coordinator, Message message, Outbox<Message> outbox) {
        Long change = shard.prepared().get(message.transaction());
        send(coordinator, Kind.ACKNOWLEDGEMENT, message.transaction(), 0, message.yes(), outbox);
        return prepared(shard, shard.balance() + (message.yes() && change != null ? change : 0),
                message.transaction(), null);
    }

    private Shard vote(Shard shard, String from, Message message, Outbox<Message> outbox) {
        String id = message.transaction();
        Transaction t = requireNonNull(shard.coordinated().get(id)).withVote(from, message.yes());
        boolean all = t.votes().size() == Transactions.PARTICIPANTS || (isHasty && message.yes());
        if (t.stage() == Stage.VOTING && all) {
            boolean commit = !t.votes().containsValue(false);
            send(t.payer(), Kind.DECISION, id, 0, commit, outbox);
            send(t.payee(), Kind.DECISION, id, 0, commit, outbox);
            t = t.with(commit ? Stage.COMMITTED : Stage.ABORTED);
        }
        return coordinating(shard, id, t);
    }

    private Shard acknowledgement(Shard shard, String from, Message message) {
        String id = message.transaction();
        Transaction t = requireNonNull(shard.coordinated().get(id)).withAcknowledgement(from);
        boolean isFinished = t.acknowledged().size() == Transactions.PARTICIPANTS;
        return coordinating(shard, id, isFinished ? null : t);
    }

    @Override
    public boolean hasInternal(Shard shard) {
        return shard.begun() < transactions && shard.coordinated().size() < MOST_OPEN;
    }

    /** Begins a transaction. */
    @Override
    public Shard internal(Shard shard, Outbox<Message> outbox) {
        Random random = new Random(shard.random());
        List<ProcessId> shuffled = new ArrayList<>(peers.keySet());
        Collections.shuffle(shuffled, random);
        String payer = shuffled.get(0).name();
        String payee = shuffled.get(1).name();
        int amount = 1 + random.nextInt(Transactions.OPENING_BALANCE);
        String id = self + "#" + (shard.begun() + 1);
        send(payer, Kind.PREPARE, id, -amount, false, outbox);
        send(payee, Kind.PREPARE, id, amount, false, outbox);
        Shard next = new Shard(shard.balance(), shard.prepared(), shard.begun() + 1,
                random.nextLong() >>> 11, shard.coordinated());
        return coordinating(next, id,
                new Transaction(payer, payee, Stage.VOTING, Map.of(), List.of()));
    }

    private void send(String to, Kind kind, String transaction, long change, boolean yes,
            Outbox<Message> outbox) {
        outbox.send(requireNonNull(peers.get(new ProcessId(to))),
                new Message(kind, transaction, change, yes));
    }

    private Shard prepared(Shard shard, long balance, String id, @Nullable Long change) {
        return new Shard(balance, with(shard.prepared(), id, change), shard.begun(), shard.random(),
                shard.coordinated());
    }

    private Shard coordinating(Shard shard, String id, @Nullable Transaction t) {
        return new Shard(shard.balance(), shard.prepared(), shard.begun(), shard.random(),
                with(shard.coordinated(), id, t));
    }

    /** The map with this value, or without the key if it is null. */
    private <V> Map<String, V> with(Map<String, V> map, String key, @Nullable V value) {
        Map<String, V> copy = new TreeMap<>(map);
        if (value == null) {
            copy.remove(key);
        } else {
            copy.put(key, value);
        }
        return copy;
    }
}
