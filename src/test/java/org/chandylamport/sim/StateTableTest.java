package org.chandylamport.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StateTableTest {

    /** More than 16 chunks hold. */
    private static final int MANY = 300_000;

    private static int[] vector(int number) {
        return new int[] {number / 1000, number % 1000};
    }

    @Test
    void eachVectorIsAddedOnceAndKeepsItsNumberAndItsExtras() {
        StateTable table = new StateTable(2, 1);
        for (int i = 0; i < MANY; i++) {
            assertTrue(table.add(vector(i), -i));
        }
        assertEquals(MANY, table.size());
        int[] found = new int[2];
        for (int i = 0; i < MANY; i++) {
            assertFalse(table.add(vector(i), 0));
            table.get(i, found);
            assertArrayEquals(vector(i), found);
            assertEquals(-i, table.extra(i, 0));
        }
    }
}
