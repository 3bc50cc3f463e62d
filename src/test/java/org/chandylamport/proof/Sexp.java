package org.chandylamport.proof;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An S-expression: a word, or a list of S-expressions.
 *
 * @param word the word; empty if this is a list
 * @param items what is in the list; nothing if this is a word
 */
record Sexp(String word, ImmutableList<Sexp> items) {

    private static final Pattern TOKEN = Pattern.compile(";[^\n]*|[()]|[^\\s();]+");

    static Sexp word(String word) {
        return new Sexp(word, ImmutableList.of());
    }

    static Sexp list(Iterable<Sexp> items) {
        return new Sexp("", ImmutableList.copyOf(items));
    }

    /** All S-expressions of a text, without its comments. */
    static ImmutableList<Sexp> parse(String text) {
        Deque<List<Sexp>> open = new ArrayDeque<>();
        open.push(new ArrayList<>());
        for (MatchResult token : TOKEN.matcher(text).results().toList()) {
            String word = token.group();
            if (word.equals("(")) {
                open.push(new ArrayList<>());
            } else if (word.equals(")")) {
                checkArgument(open.size() > 1, "too many parentheses are closed");
                Sexp list = list(open.pop());
                open.element().add(list);
            } else if (!word.startsWith(";")) {
                open.element().add(word(word));
            }
        }
        checkArgument(open.size() == 1, "%s parentheses are not closed", open.size() - 1);
        return ImmutableList.copyOf(open.element());
    }

    boolean isWord() {
        return !word.isEmpty();
    }

    /** The word with which a list begins, if it does so; of a word, itself. */
    String head() {
        return isWord() || items.isEmpty() ? word : items.get(0).word;
    }

    Sexp get(int i) {
        return items.get(i);
    }

    Sexp last() {
        return Iterables.getLast(items);
    }

    /** What follows the head of a list. */
    ImmutableList<Sexp> arguments() {
        return items.subList(Math.min(1, items.size()), items.size());
    }

    @Override
    public String toString() {
        return isWord() ? word
                : items.stream().map(Sexp::toString).collect(Collectors.joining(" ", "(", ")"));
    }
}
