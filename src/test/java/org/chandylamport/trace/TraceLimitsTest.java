package org.chandylamport.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a hostile line can cost; what is allocated bounds what is held at any moment. */
class TraceLimitsTest {

    private static final int MANY = 1 << 20;
    private static final int BYTES_A_BYTE = 64;

    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
            [], []
            {}, {}
            "ab", ""
            1e-9, 1
            {"":{}}, 1
            [[]], 1
            """)
    void aLineOfManySmallValuesTakesTheStatedMemoryAtMost(String unit, String last)
            throws Exception {
        String values = unit.repeat(MANY / unit.length());
        assertAllocates("[" + values + last + "]");
    }

    @Test
    void aLineOfDeepValuesTakesTheStatedMemoryAtMost() throws Exception {
        String deep = "{\"\":".repeat(400) + "1" + "}".repeat(400);
        assertAllocates("[" + (deep + ",").repeat(MANY / deep.length()) + "1]");
    }

    @Test
    void namesWhoseHashCodesCollideAreReadInTime() {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 1 << 15; i++) {
            String name = Integer.toBinaryString(i | 1 << 15).replace("1", "Aa").replace("0", "BB");
            names.append('"').append(name).append("\":0,");
        }
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> assertEquals(1, TraceReaderTest.read(
                TraceReaderTest.HEADER + "{'action':'Internal','process':'p','state':{" + names
                        + "'':0}}\n").size()));
    }

    @Test
    void aLineOfOneByteTooManyIsRefused() {
        String longest = "x".repeat(Lines.LIMIT);
        assertTrue(refusal(longest + "\n").startsWith("-:1: not JSON: "));
        assertEquals("-:1: the line is longer than 16777216 bytes", refusal(longest + "x\n"));
    }

    private static String refusal(String trace) {
        InputStream in = new ByteArrayInputStream(trace.getBytes(StandardCharsets.UTF_8));
        return assertThrows(TraceException.class,
                () -> TraceReader.of(in, new SnapshotNames(), Set.of())).getMessage();
    }

    @Test
    void anEndlessLineIsRefusedAtTheLimit() {
        Endless endless = new Endless();
        long before = allocated();
        TraceException e = assertThrows(TraceException.class,
                () -> TraceReader.of(endless, new SnapshotNames(), Set.of()));
        assertEquals("-:1: the line is longer than 16777216 bytes", e.getMessage());
        assertTrue(endless.read <= 2L * Lines.LIMIT + MANY, () -> endless.read + " bytes read");
        long allocated = allocated() - before;
        assertTrue(allocated <= 8L * Lines.LIMIT, () -> allocated + " bytes allocated");
    }

    private static void assertAllocates(String state) throws Exception {
        String line = "{'action':'Internal','process':'p','state':" + state + "}\n";
        byte[] bytes = TraceReaderTest.bytes(line);
        try (TraceReader reader = TraceReader.of(
                new SequenceInputStream(
                        new ByteArrayInputStream(TraceReaderTest.bytes(TraceReaderTest.HEADER)),
                        new ByteArrayInputStream(bytes)),
                new SnapshotNames(), Set.of())) {
            long before = allocated();
            assertTrue(reader.read() instanceof TraceLine.EventLine);
            long allocated = allocated() - before;
            assertTrue(allocated <= (long) BYTES_A_BYTE * bytes.length,
                    () -> allocated / bytes.length + " bytes of memory a byte");
        }
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /** A line that does not end. */
    private static final class Endless extends InputStream {
        private long read;

        @Override
        public int read() {
            read++;
            return 'x';
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            Arrays.fill(bytes, offset, offset + length, (byte) 'x');
            read += length;
            return length;
        }
    }
}
