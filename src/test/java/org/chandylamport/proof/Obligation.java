package org.chandylamport.proof;

import com.google.common.collect.ImmutableList;
import java.util.stream.Collectors;

/**
 * Something to be shown: that a conclusion follows from assumptions, or that assumptions are
 * possible, so that what follows from them says something.
 *
 * @param group what it is a part of, in words
 * @param conclusion the conclusion, empty if the assumptions are to be possible
 */
record Obligation(String group, String name, ImmutableList<String> assumptions,
        String conclusion) {

    boolean isPossibility() {
        return conclusion.isEmpty();
    }

    /** The answer of a solver that shows it, when asked the question. */
    String expected() {
        return isPossibility() ? "sat" : "unsat";
    }

    /** Asserts the assumptions, and that the conclusion is false. */
    String question() {
        return assumptions.stream()
                .map(assumption -> "(assert " + assumption + ")\n")
                .collect(Collectors.joining())
                + (isPossibility() ? "" : "(assert (not " + conclusion + "))\n");
    }

    @Override
    public String toString() {
        return name;
    }
}
