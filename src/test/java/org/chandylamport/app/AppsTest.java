package org.chandylamport.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.chandylamport.Network;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Test;

class AppsTest {

    private static final ProcessId[] PROCESSES = {
        new ProcessId("p"), new ProcessId("q"), new ProcessId("r")
    };
    private static final Topology TOPOLOGY = Topology.complete(PROCESSES);

    /** Runs the app to its end, with a snapshot at the start, and one at the end. */
    private static <S, M> List<Snapshot<S, M>> run(App<S, M> app) {
        try (var network =
                Network.configure(TOPOLOGY, app::behavior, app.initial()).workers(3).start()) {
            Snapshot<S, M> early = network.snapshot(PROCESSES[0]).join();
            while (network.received() < app.messages()) {
                Thread.yield();
            }
            Snapshot<S, M> late = network.snapshot(PROCESSES[1]).join();
            assertEquals(app.messages(), network.received(), "no message after the last");
            return List.of(early, late);
        }
    }

    private static long money(GlobalState<Bank.Account, Bank.Transfer> state) {
        return state.processes().values().stream().mapToLong(Bank.Account::balance).sum()
                + state.channels().values().stream().flatMap(List::stream)
                        .mapToLong(Bank.Transfer::amount).sum();
    }

    @Test
    void theBankSendsAsManyTransfersAsItSaysAndKeepsItsMoney() {
        Bank bank = new Bank(TOPOLOGY, 10_000, 7);
        assertTrue(bank.messages() >= 10_000 && bank.messages() < 10_100, "" + bank.messages());
        for (var snapshot : run(bank)) {
            assertEquals(3_000, money(snapshot.state()));
        }
    }

    @Test
    void theBankIsAtRestAtTheEnd() {
        Snapshot<Bank.Account, Bank.Transfer> end = run(new Bank(TOPOLOGY, 1_000, 7)).get(1);
        assertEquals(0, end.state().inTransit());
        end.state().processes().values().forEach(account -> {
            assertEquals(0, account.chains());
            assertEquals(0, account.transfers());
        });
    }

    @Test
    void noTokenIsLostAndNoneComesTwice() {
        Tokens tokens = new Tokens(TOPOLOGY, 9_999, false);
        for (var snapshot : run(tokens)) {
            long held = snapshot.state().processes().values().stream()
                    .mapToLong(holder -> holder.fresh() + holder.kept()).sum();
            List<Tokens.Token> moving = snapshot.state().channels().values().stream()
                    .flatMap(List::stream).toList();
            assertEquals(24, held + moving.size());
            assertEquals(moving.size(), moving.stream()
                    .map(token -> token.owner() + token.number()).distinct().count());
        }
    }

    @Test
    void fewMessagesMakeFewChains() {
        assertEquals(3, new Bank(TOPOLOGY, 1, 7).messages());
        assertEquals(3, new Tokens(TOPOLOGY, 3, false).messages());
    }

    @Test
    void aProcessThatCannotSendIsNamed() {
        Topology alone = new Topology(List.of(PROCESSES[0]), List.of());
        var e = assertThrows(IllegalArgumentException.class, () -> new Tokens(alone, 5, false));
        assertTrue(e.getMessage().contains("process p has no outgoing channel"), e.getMessage());
    }
}
