package org.chandylamport.app;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.ListMultimap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.chandylamport.app.Transactions.Kind;
import org.chandylamport.app.Transactions.Message;
import org.chandylamport.app.Transactions.Shard;
import org.chandylamport.app.Transactions.Stage;
import org.chandylamport.app.Transactions.Transaction;
import org.chandylamport.model.GlobalState;

/**
 * Audits a global state of {@link Transactions}: what the coordinator knows of a transaction, what
 * is in transit between it and a participant, and whether the participant has prepared it, must be
 * one of the combinations that two-phase commit allows.
 */
final class TransactionAudit {

    /** Stage, vote and acknowledgement at the coordinator; in transit; at the participant. */
    private static final ImmutableSet<String> LEGAL = ImmutableSet.of(
            "VOTING, PREPARE in transit",
            "VOTING, VOTE for it in transit, prepared",
            "VOTING, VOTE against it in transit",
            "VOTING, voted for it, prepared",
            "VOTING, voted against it",
            "COMMITTED, voted for it, DECISION for it in transit, prepared",
            "COMMITTED, voted for it, ACKNOWLEDGEMENT for it in transit",
            "COMMITTED, voted for it, acknowledged",
            "ABORTED, voted for it, DECISION against it in transit, prepared",
            "ABORTED, voted against it, DECISION against it in transit",
            "ABORTED, voted for it, ACKNOWLEDGEMENT against it in transit",
            "ABORTED, voted against it, ACKNOWLEDGEMENT against it in transit",
            "ABORTED, voted for it, acknowledged",
            "ABORTED, voted against it, acknowledged");

    private final Map<String, Shard> shards = new TreeMap<>();

    private final Map<String, Transaction> transactions = new TreeMap<>();
    private final ListMultimap<Leg, Message> inTransit = ArrayListMultimap.create();

    /** Where a transaction's messages are: between its coordinator and a participant. */
    private record Leg(String transaction, String participant) {}

    TransactionAudit(GlobalState<Shard, Message> state) {
        state.processes().forEach((p, shard) -> {
            shards.put(p.name(), shard);
            transactions.putAll(shard.coordinated());
        });
        state.channels().forEach((c, messages) -> messages.forEach(m -> {
            String participant = (m.kind().isFromCoordinator() ? c.to() : c.from()).name();
            inTransit.put(new Leg(m.transaction(), participant), m);
        }));
    }

    /** What is wrong, in a sentence, where money should be so much; empty if nothing is. */
    Optional<String> violation(long expected) {
        for (Map.Entry<String, Transaction> entry : transactions.entrySet()) {
            Transaction t = entry.getValue();
            for (String participant : List.of(t.payer(), t.payee())) {
                String combination = combination(entry.getKey(), t, participant);
                if (!LEGAL.contains(combination)) {
                    return Optional.of("transaction " + entry.getKey() + " is, for " + participant
                            + ": " + combination + "; that is no stage of a two-phase commit");
                }
            }
            if (t.stage() == Stage.ABORTED && !t.votes().containsValue(false)) {
                return Optional.of("transaction " + entry.getKey()
                        + " is aborted, and nobody voted against it");
            }
        }
        return unknown().or(() -> money(expected));
    }

    private String combination(String id, Transaction t, String participant) {
        StringBuilder combination = new StringBuilder(t.stage().name());
        Boolean vote = t.votes().get(participant);
        if (vote != null) {
            combination.append(", voted ").append(vote ? "for it" : "against it");
        }
        if (t.acknowledged().contains(participant)) {
            combination.append(", acknowledged");
        }
        for (Message m : inTransit.get(new Leg(id, participant))) {
            combination.append(", ").append(m.kind());
            if (m.kind() != Kind.PREPARE) {
                combination.append(m.yes() ? " for it" : " against it");
            }
            combination.append(" in transit");
        }
        if (requireNonNull(shards.get(participant)).prepared().containsKey(id)) {
            combination.append(", prepared");
        }
        return combination.toString();
    }

    /** What is left of a transaction that its coordinator has finished, or nobody has begun. */
    private Optional<String> unknown() {
        ImmutableSortedSet.Builder<String> ids = ImmutableSortedSet.naturalOrder();
        inTransit.keySet().forEach(leg -> ids.add(leg.transaction));
        shards.values().forEach(shard -> ids.addAll(shard.prepared().keySet()));
        return ids.build().stream()
                .filter(id -> !transactions.containsKey(id))
                .findFirst()
                .map(id -> "transaction " + id + " is finished, and something of it is left");
    }

    /** What shards have, and what those have committed to whom no one has told it. */
    private Optional<String> money(long expected) {
        long money = 0;
        for (Map.Entry<String, Shard> entry : shards.entrySet()) {
            money += entry.getValue().balance();
            for (Map.Entry<String, Long> prepared : entry.getValue().prepared().entrySet()) {
                Transaction t = transactions.get(prepared.getKey());
                money += t != null && t.stage() == Stage.COMMITTED ? prepared.getValue() : 0;
            }
        }
        return money == expected
                ? Optional.empty()
                : Optional.of("the money is " + money + ", not " + expected);
    }
}
