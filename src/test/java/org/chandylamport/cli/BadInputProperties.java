package org.chandylamport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.CharMatcher;
import com.google.common.primitives.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/**
 * Whatever the command line is given, it judges it or refuses it: exit status 0, 1 or 2, and with 2
 * one sentence on one line that names what is at fault; no stack trace, and no hang.
 */
class BadInputProperties {

    private static final Duration NO_HANG = Duration.ofMinutes(2);
    private static final List<String> RICH = List.of(
            "{'format':'chandy-lamport-trace','version':1,'processes':{'p':{'n':1e2},'q':null,"
                    + "'r':[]},'channels':{'a':{'from':'p','to':'q'},'b':{'from':'p','to':'q'},"
                    + "'c':{'from':'q','to':'r','messages':[1,'x']},'d':{'from':'r','to':'r'}}}",
            "{'action':'Send','process':'p','channel':'a','message':{'x':1},'state':1}",
            "{'action':'Send','process':'p','channel':'b','message':-0.0,'sameStep':true}",
            "{'action':'RecordState','process':'p','snapshot':'s'}",
            "{'action':'Receive','process':'r','channel':'c','message':1.0,'state':{}}",
            "{'action':'Send','process':'r','channel':'d','message':null,'sameStep':true}",
            "{'action':'RecordState','process':'r','snapshot':'s'}",
            "{'action':'RecordState','process':'q','snapshot':-1}",
            "{'action':'ReceiveMarker','process':'r','channel':'d','snapshot':'s'}",
            "{'action':'Receive','process':'q','channel':'a','message':{'x':1e0}}",
            "{'action':'RecordState','process':'q','snapshot':'s'}",
            "{'action':'ReceiveMarker','process':'q','channel':'a','snapshot':'s'}",
            "{'action':'Internal','process':'q','state':true}",
            "{'action':'Snapshot','snapshot':'s','initiators':['p','r','q'],'processes':{'p':1,"
                    + "'r':{}},'channels':{'a':[],'d':[null]}}",
            "{'action':'Snapshot','snapshot':'s','processes':{'q':null},"
                    + "'channels':{'b':[0],'c':['x']}}",
            "{'action':'Abandon','process':'q','snapshot':-1}",
            "{'action':'Aborted','snapshot':2.5,'cause':'late'}");

    private static Path folder = Path.of("");

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("bad-input");
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** One thing that is done to a trace; places are taken modulo what there is. */
    private record Damage(Kind kind, int line, int place, String scrap) {

        private enum Kind {
            DROP, REPEAT, SWAP, VALUE, INSERT, REPLACE, CUT
        }

        void apply(List<String> lines) {
            int first = scrap.isEmpty() ? 1 : 0; // A trace without its header tests nothing else.
            int at = first + line % (lines.size() - first);
            String old = lines.get(at);
            int column = place % (old.length() + 1);
            switch (kind) {
                case DROP -> lines.set(at, "");
                case REPEAT -> lines.add(first + place % (lines.size() - first), old);
                case SWAP -> lines.set(at, lines.set(first + place % (lines.size() - first), old));
                case VALUE -> lines.set(at, withValue(old));
                case INSERT -> lines.set(
                        at, old.substring(0, column) + scrap + old.substring(column));
                case REPLACE -> lines.set(at, old.substring(0, column) + scrap
                        + old.substring(Math.min(old.length(), column + scrap.length())));
                case CUT -> lines.set(at, old.substring(0, column));
            }
        }

        /** Another value in the place of one of those that follow a colon. */
        private String withValue(String old) {
            List<Integer> colons = new ArrayList<>();
            for (int i = old.indexOf(':'); i >= 0; i = old.indexOf(':', i + 1)) {
                colons.add(i);
            }
            if (colons.isEmpty()) {
                return scrap;
            }
            int start = colons.get(place % colons.size()) + 1;
            int end = start;
            while (end < old.length() && ",}".indexOf(old.charAt(end)) < 0) {
                end++;
            }
            return old.substring(0, start) + scrap + old.substring(end);
        }
    }

    @Provide
    Arbitrary<Damage> damages() {
        Arbitrary<Integer> places = Arbitraries.integers().between(0, 1000);
        Arbitrary<Damage> moved = Combinators.combine(Arbitraries.of(
                Damage.Kind.DROP, Damage.Kind.REPEAT, Damage.Kind.SWAP), places, places)
                .as((kind, line, place) -> new Damage(kind, line, place, ""));
        Arbitrary<Damage> changed = Combinators.combine(places, places, values())
                .as((line, place, value) -> new Damage(Damage.Kind.VALUE, line, place, value));
        Arbitrary<Damage> wild = Combinators.combine(
                Arbitraries.of(Damage.Kind.class), places, places, scraps()).as(Damage::new);
        return Arbitraries.frequencyOf(
                Tuple.of(3, moved), Tuple.of(3, changed), Tuple.of(1, wild));
    }

    /** What may well stand in a trace, if not there. */
    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of("'p'", "'q'", "'r'", "'a'", "'b'", "'c'", "'d'", "'p->q'", "'q->p'",
                "'s'", "1", "2.5", "-0", "1e999999999", "-1e-999999999", "9".repeat(400),
                "'Snapshot'", "'Abandon'", "'RecordState'", "'Internal'", "'\\u0000\\u001b[2J\\n'",
                "'\\ud800'", "true", "null", "{}", "[]", "{'Aa':1,'BB':2}", "'" + "x".repeat(9999)
                + "'", "[".repeat(400) + "]".repeat(400), "'unlogged'", "1,'cuts':'unlogged'");
    }

    @Provide
    Arbitrary<String> scraps() {
        return Arbitraries.of("", "{", "}", "[", "]", ",", ":", "'", "\n", "\r", "\\", "null",
                "-", "0e0", "1e", "1e99999999999", "1e-99999999999", "1e2147483647",
                "1e-2147483648", "9".repeat(2000), "0." + "1".repeat(998), "{'a':".repeat(600),
                "[".repeat(100_000), "x".repeat(70_000), "NaN", "Infinity", "\u0000", "\ufeff",
                "\u202e", "é", "'sameStep':true,", "'same_step':true,", "'action':", ",'a':1,'a':1",
                ",'initiators':['p']");
    }

    @Provide
    Arbitrary<List<String>> options() {
        return Arbitraries.of("--json", "--witness", "--lost=p", "--lost=q", "--lost=nobody")
                .list().uniqueElements().ofMaxSize(3);
    }

    @Property(tries = 300)
    void aDamagedTraceIsJudgedOrRefusedInOneSentence(
            @ForAll boolean rich,
            @ForAll @Size(max = 4) List<@From("damages") Damage> damages,
            @ForAll @From("options") List<String> options) throws IOException {
        List<String> lines = new ArrayList<>(rich ? RICH : GoodTrace.GOOD);
        damages.forEach(damage -> damage.apply(lines));
        int exit = audit(GoodTrace.text(lines).getBytes(StandardCharsets.UTF_8), options);
        Statistics.collect(exit);
        Statistics.coverage(coverage -> {
            coverage.check(0).percentage(share -> share > 2);
            coverage.check(1).percentage(share -> share > 5);
            coverage.check(2).percentage(share -> share > 20);
        });
    }

    @Property(tries = 100)
    void anyBytesAreJudgedOrRefusedInOneSentence(
            @ForAll @Size(max = 300) byte[] bytes,
            @ForAll boolean behindHeader,
            @ForAll boolean compressed) throws IOException {
        byte[] header = GoodTrace.text(GoodTrace.GOOD.subList(0, 1))
                .getBytes(StandardCharsets.UTF_8);
        byte[] trace = behindHeader ? Bytes.concat(header, bytes) : bytes;
        audit(compressed ? gzip(trace) : trace, List.of());
    }

    @Property(tries = 100)
    void damagedCompressionIsJudgedOrRefusedInOneSentence(
            @ForAll @IntRange(max = 1000) int place, @ForAll byte bits, @ForAll boolean cut)
            throws IOException {
        byte[] trace = gzip(GoodTrace.text(GoodTrace.GOOD).getBytes(StandardCharsets.UTF_8));
        int at = place % trace.length;
        trace[at] ^= bits;
        byte[] damaged = cut ? Arrays.copyOf(trace, at) : trace;
        int exit = audit(damaged, List.of());
        assertTrue(exit == 2 || !cut, "what is cut short has no verdict");
    }

    @Property(tries = 40)
    void anyArgumentsAreTakenOrRefusedInOneSentence(
            @ForAll @Size(max = 4) List<@From("arguments") String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        if (arguments.stream().noneMatch(argument -> argument.startsWith("--messages"))) {
            all.add("--messages=2");
        }
        InputStream in = System.in;
        System.setIn(new ByteArrayInputStream(
                GoodTrace.text(GoodTrace.GOOD).getBytes(StandardCharsets.UTF_8)));
        try {
            check(all.toArray(String[]::new));
        } finally {
            System.setIn(in);
        }
    }

    /** No number among them is so large that the work is long. */
    @Provide
    Arbitrary<String> arguments() {
        Arbitrary<String> option = Arbitraries.of("--app", "--topology", "--processes",
                "--messages", "--snapshots", "--workers", "--seed", "--trace", "--no-audit",
                "--json", "--initiators", "--lost", "--witness", "--help", "--version", "-h", "-V",
                "--", "-", "--no", "-x");
        Arbitrary<String> value = Arbitraries.of("", "-1", "0", "1", "2", "3000000000", "1e3",
                "0x1", "99999999999999999999", "bank", "ring", "Ring", "p1", "all", "one",
                "/no/such", "/", "\u0000", "@x", "=", "'", "\"", "\n", "${sys:user.name}",
                "x".repeat(100_000), "é\ud800");
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of("run", "audit", "explore")),
                Tuple.of(3, option),
                Tuple.of(3, value),
                Tuple.of(4, Combinators.combine(option, value)
                        .as((name, text) -> name + "=" + text)));
    }

    private static int audit(byte[] trace, List<String> options) throws IOException {
        Path file = Files.write(folder.resolve("trace"), trace);
        List<String> arguments = new ArrayList<>(List.of("audit", file.toString()));
        arguments.addAll(options);
        return check(arguments.toArray(String[]::new));
    }

    private static int check(String... arguments) {
        GoodTrace.Outcome outcome =
                assertTimeoutPreemptively(NO_HANG, () -> GoodTrace.run(arguments));
        String err = outcome.err();
        if (outcome.exit() == 2) {
            assertTrue(err.startsWith("chandy-lamport: "), err);
            assertEquals(err.length() - 1, err.indexOf('\n'), err);
            assertFalse(err.contains("defect"), err);
            assertFalse(err.contains("Exception"), err);
        } else {
            assertTrue(outcome.exit() == 0 || outcome.exit() == 1, err);
            assertEquals("", err);
            assertFalse(outcome.out().isEmpty());
        }
        assertFalse(CharMatcher.javaIsoControl().and(CharMatcher.isNot('\n'))
                .matchesAnyOf(err + outcome.out()), err + outcome.out());
        return outcome.exit();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}
