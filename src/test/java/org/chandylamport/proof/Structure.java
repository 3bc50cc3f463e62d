package org.chandylamport.proof;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * A finite structure: a set of elements for each sort, and a table for each function. Elements are
 * numbered from 0; false is 0 and true is 1.
 */
final class Structure {

    private final Theory theory;
    private final Map<String, ImmutableList<String>> elements = new HashMap<>();
    private final Map<String, Table> tables = new HashMap<>();

    /** A structure for the functions of a theory, without any element or table. */
    Structure(Theory theory) {
        this.theory = theory;
        elements.put("Bool", ImmutableList.of("false", "true"));
    }

    /** Gives a sort its elements, by their names. */
    void sort(String sort, Iterable<String> names) {
        elements.put(sort, ImmutableList.copyOf(names));
    }

    ImmutableList<String> elements(String sort) {
        checkArgument(elements.containsKey(sort), "the sort %s has no elements", sort);
        return elements.get(sort);
    }

    int size(String sort) {
        return elements(sort).size();
    }

    /** Gives a function its values. */
    void function(String name, ToIntFunction<int[]> value) {
        Table table = new Table(theory.functions().get(name).arguments().stream()
                .mapToInt(this::size).toArray());
        table.fill(0, table.values.length, value);
        tables.put(name, table);
    }

    /** Gives a relation its tuples. */
    void relation(String name, Predicate<int[]> contains) {
        function(name, arguments -> contains.test(arguments) ? 1 : 0);
    }

    boolean has(String function) {
        return tables.containsKey(function);
    }

    Table table(String function) {
        checkArgument(has(function), "there is no function %s", function);
        return tables.get(function);
    }

    /** The name of the value of a function. */
    String name(String function, int... arguments) {
        return elements(theory.functions().get(function).sort())
                .get(table(function).get(arguments));
    }

    /** The values of a function, the last argument varying fastest. */
    static final class Table {

        final int[] sizes;
        final int[] values;

        Table(int... sizes) {
            this.sizes = sizes;
            int length = 1;
            for (int size : sizes) {
                length *= size;
            }
            this.values = new int[length];
        }

        int get(int... arguments) {
            int index = 0;
            for (int i = 0; i < sizes.length; i++) {
                index = index * sizes[i] + arguments[i];
            }
            return values[index];
        }

        /** Sets the values from one index to before another. */
        void fill(int from, int to, ToIntFunction<int[]> value) {
            int[] arguments = new int[sizes.length];
            for (int index = from; index < to; index++) {
                int rest = index;
                for (int i = sizes.length - 1; i >= 0; i--) {
                    arguments[i] = rest % sizes[i];
                    rest /= sizes[i];
                }
                values[index] = value.applyAsInt(arguments);
            }
        }
    }
}
