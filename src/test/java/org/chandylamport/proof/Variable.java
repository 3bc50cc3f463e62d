package org.chandylamport.proof;

import com.google.common.collect.ImmutableList;

/** A variable that a quantifier binds, or a parameter of a definition. */
record Variable(String name, String sort) {

    /** The variables of {@code ((name sort) ...)}. */
    static ImmutableList<Variable> list(Sexp list) {
        return list.items().stream()
                .map(pair -> new Variable(pair.get(0).word(), pair.get(1).word()))
                .collect(ImmutableList.toImmutableList());
    }

    Sexp sexp() {
        return Sexp.list(ImmutableList.of(Sexp.word(name), Sexp.word(sort)));
    }
}
