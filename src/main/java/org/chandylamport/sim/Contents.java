package org.chandylamport.sim;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;

/**
 * The contents that one channel has had, numbered, and how they follow from each other: what is
 * left without the head, and what it becomes with one more item.
 */
final class Contents {

    private static final int UNKNOWN = -1;

    private final Numbered<Object> items;
    private final Numbered<ImmutableList<Object>> contents = new Numbered<>();
    private int[] heads = {};
    private int[] tails = {};
    private int[][] longer = {};

    /** Contents made of items that have these numbers. */
    Contents(Numbered<Object> items) {
        this.items = items;
    }

    int number(ImmutableList<Object> value) {
        int number = contents.number(value);
        if (number == heads.length) {
            int length = Math.max(16, 2 * number);
            heads = Arrays.copyOf(heads, length);
            tails = Arrays.copyOf(tails, length);
            longer = Arrays.copyOf(longer, length);
            Arrays.fill(tails, number, length, UNKNOWN);
            Arrays.setAll(longer, i -> i < number ? longer[i] : new int[0]);
        }
        heads[number] = value.isEmpty() ? UNKNOWN : items.number(value.get(0));
        return number;
    }

    ImmutableList<Object> value(int number) {
        return contents.value(number);
    }

    /** The number of the item that comes next; negative for nothing. */
    int head(int number) {
        return heads[number];
    }

    /** The contents that are left without the head. */
    int tail(int number) {
        if (tails[number] == UNKNOWN) {
            ImmutableList<Object> value = contents.value(number);
            int tail = number(value.subList(1, value.size()));
            tails[number] = tail; // After number(), which may have replaced the array.
        }
        return tails[number];
    }

    /** The contents with one more item at the end. */
    int append(int number, int item) {
        if (item >= longer[number].length) {
            int known = longer[number].length;
            longer[number] = Arrays.copyOf(longer[number], item + 4);
            Arrays.fill(longer[number], known, item + 4, UNKNOWN);
        }
        if (longer[number][item] == UNKNOWN) {
            int appended = number(Steps.append(contents.value(number), items.value(item)));
            longer[number][item] = appended;
        }
        return longer[number][item];
    }
}
