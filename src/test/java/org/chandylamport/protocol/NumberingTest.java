package org.chandylamport.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.LongStream;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberingTest {

    private static final Channel C =
            Channel.between(new ProcessId("p"), new ProcessId("q"));

    private static Numbering after(long... arrived) {
        Numbering receiver = new Numbering(C);
        LongStream.of(arrived).forEach(receiver::arrived);
        return receiver;
    }

    @Test
    void whatArrivesInTheOrderOfTheNumbersGivenOutIsAccepted() {
        Numbering sender = new Numbering(C);
        Numbering receiver = new Numbering(C);
        for (int i = 1; i <= 1000; i++) {
            long number = sender.next();
            assertEquals(i, number);
            receiver.arrived(number);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2 | number 1 is missing, 2 came first
            4 | numbers 1 to 3 are missing, 4 came first
            0 | number 0 came again, after 0
            """)
    void theFirstNumberIsOne(long first, String fault) {
        var e = assertThrows(BrokenChannelException.class, () -> after().arrived(first));
        assertEquals("channel p->q is broken: " + fault, e.getMessage());
        assertEquals(C, e.channel());
        assertEquals(fault, e.fault());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            5 | number 4 is missing, 5 came after 3
            9 | numbers 4 to 8 are missing, 9 came after 3
            3 | number 3 came again, after 3
            1 | number 1 came again, after 3
            """)
    void aGapAndADuplicateAreNamed(long next, String fault) {
        var e = assertThrows(BrokenChannelException.class, () -> after(1, 2, 3).arrived(next));
        assertEquals("channel p->q is broken: " + fault, e.getMessage());
    }

    @Test
    void aBrokenChannelStaysBrokenThoughTheMissingNumberComesLater() {
        Numbering receiver = after(1, 2);
        var first = assertThrows(BrokenChannelException.class, () -> receiver.arrived(4));
        var later = assertThrows(BrokenChannelException.class, () -> receiver.arrived(3));
        assertEquals(first.getMessage(), later.getMessage());
    }
}
