package org.chandylamport.sim;

import java.util.Arrays;

/**
 * A set of vectors of the same width, numbered in the order in which they were added. A vector is
 * a run of ints in a large array, and costs little more than these. Extra ints can be stored with
 * it, which do not tell it from others.
 */
final class StateTable {

    private static final int CHUNK = 1 << 14;

    private final int width;
    private final int stride;
    private int[][] chunks = new int[16][];
    private int[] slots = new int[1 << 10];
    private int size;

    StateTable(int width, int extra) {
        this.width = width;
        this.stride = width + extra;
    }

    int size() {
        return size;
    }

    /**
     * Adds the vector, unless it is there.
     *
     * @return whether it was not; its number is then the size before
     */
    boolean add(int[] vector, int... extra) {
        if (2 * size >= slots.length) {
            grow();
        }
        int mask = slots.length - 1;
        int slot = hash(vector, 0) & mask;
        while (slots[slot] != 0) {
            if (holds(slots[slot] - 1, vector)) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        if (size % CHUNK == 0) {
            if (size / CHUNK == chunks.length) {
                chunks = Arrays.copyOf(chunks, 2 * chunks.length);
            }
            chunks[size / CHUNK] = new int[CHUNK * stride];
        }
        int[] chunk = chunks[size / CHUNK];
        System.arraycopy(vector, 0, chunk, offset(size), width);
        System.arraycopy(extra, 0, chunk, offset(size) + width, extra.length);
        slots[slot] = ++size;
        return true;
    }

    /** Copies the vector of that number. */
    void get(int number, int[] vector) {
        System.arraycopy(chunks[number / CHUNK], offset(number), vector, 0, width);
    }

    /** One of the extra ints that were stored with the vector of that number. */
    int extra(int number, int index) {
        return chunks[number / CHUNK][offset(number) + width + index];
    }

    private int offset(int number) {
        return number % CHUNK * stride;
    }

    private boolean holds(int number, int[] vector) {
        int from = offset(number);
        return Arrays.equals(chunks[number / CHUNK], from, from + width, vector, 0, width);
    }

    private void grow() {
        slots = new int[2 * slots.length];
        int mask = slots.length - 1;
        for (int number = 0; number < size; number++) {
            int slot = hash(chunks[number / CHUNK], offset(number)) & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = number + 1;
        }
    }

    private int hash(int[] array, int from) {
        int hash = 0;
        for (int i = from; i < from + width; i++) {
            hash = (hash ^ array[i]) * 0x9E3779B1;
            hash ^= hash >>> 15;
        }
        return hash;
    }
}
